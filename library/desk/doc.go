// Package desk keeps the reader's own work on a collection: judgements, stars,
// labels, notes, briefs. It is precious and is kept where nothing else is: in
// a folder of its own, as plain text that a person can read without us.
//
//	journal.jsonl        what was done, a line each; only ever added to
//	journal.old.jsonl    the journal before it was last compacted
//	broken-*.txt         what could not be read and was put aside
//	merged-*             copies of the journal that were merged
//	lock, holder.json    who is writing; the lock ends with its process
//
// A line of the journal is an object of JSON. It says the version of the
// format, the number of the step, when (UTC), who and what was done to which
// cables, and ends with a checksum (CRC-32C) of the bytes before it:
//
//	{"v":1,"step":7,"time":"2026-03-01T09:30:00Z","reader":"ines","do":"judge",
//	 "on":[{"id":"07ASTANA9911","sum":"5d20…"}],"judgement":"relevant","crc":"9f31c2aa"}
//
// The deeds are those of model.Deed and these of the desk itself:
//
//	begin          the first line: which program began the file; "pin" is the highest number given to a pin
//	work, briefs   what was there before the first step that follows (left by compaction, and in a backup)
//	undo, redo     of the steps whose numbers "of" gives
//	merge, restore "works" are put in the place of what there was, those of "gone" taken away
//	kept           "line" is one that an older program did not understand in full and left for a newer one
//	history        in a backup: "line" is one of the journal
//
// A line is on disk (written, then fsync) before the act is answered, so what
// a reader was told is never lost. What is read back:
//
//	disk ─► lines ─► records ─► state ◄─ plan, commit ◄─ act
//	                              └─► works, briefs, steps of undo
//
// The state is what the lines amount to and nothing else; every act goes
// through its own line before it changes the state, so that memory can never
// hold what disk does not.
package desk
