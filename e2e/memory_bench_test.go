package e2e

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// BenchmarkMemory opens an indexed collection at 200x50 and reports the memory
// of the process in MB: with its screen at rest, and after a query was typed,
// answered, counted (the overview) and left. Resident memory holds pages of the
// index that are mapped or that the program keeps; anonymous memory is what
// nobody else could use. Linux alone says it.
func BenchmarkMemory(b *testing.B) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		b.Skip("this system does not tell the memory of a process in /proc")
	}
	path := subject(b)
	cache := indexed(b, path)
	b.ResetTimer()
	for b.Loop() {
		m := startMeter(b, wide(), cache, "", path)
		m.until("a row of the list", showsRow)
		m.rest(3*time.Second, 3*time.Second)
		m.memory(b, "screen-")
		for _, keys := range []string{"\\", "government", "\r", "D", "q", "G", "g"} {
			m.write(keys)
			m.rest(time.Second, time.Second)
		}
		m.memory(b, "asked-")
		m.stop()
	}
	b.ReportMetric(0, "ns/op")
}

// memory reports what the kernel says of the process.
func (m *meter) memory(b *testing.B, when string) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", m.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	for _, line := range strings.Split(string(text), "\n") {
		name, rest, _ := strings.Cut(line, ":")
		as := map[string]string{"VmRSS": "RSS-MB", "VmHWM": "peak-MB", "RssAnon": "anon-MB"}[name]
		if as == "" {
			continue
		}
		kb, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
		if err != nil {
			b.Fatalf("the kernel says %q", line)
		}
		b.ReportMetric(float64(kb)/1024, when+as)
	}
}
