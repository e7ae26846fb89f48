package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"sync"

	"chancery/model/safe"
)

// rooms are buffers that hold nothing: a collection is encoded cable by cable,
// and each would grow one anew.
var rooms = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// largestRoom is the size above which a buffer is not kept.
const largestRoom = 1 << 20

func takeRoom() *bytes.Buffer {
	room := rooms.Get().(*bytes.Buffer)
	room.Reset()
	return room
}

func leaveRoom(room *bytes.Buffer) {
	if room.Cap() <= largestRoom {
		rooms.Put(room)
	}
}

// sumOf is the SHA-256 of a text, hexadecimal.
func sumOf(text string) string {
	room := takeRoom()
	defer leaveRoom(room)
	room.WriteString(text)
	sum := sha256.Sum256(room.Bytes())
	return hex.EncodeToString(sum[:])
}

// encode writes a value as JSON on one line. The values are the true text,
// so whatever a terminal could obey and whatever nobody could see is escaped
// beyond what JSON asks for.
func encode(v any) ([]byte, error) {
	room := takeRoom()
	defer leaveRoom(room)
	e := json.NewEncoder(room)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return safe.JSON(room.Bytes()), nil
}
