package library

import (
	"runtime"
	"syscall"
)

// backgroundNice is the nice value of threads that read: beside one of value 0
// that wants the core too, such a thread has a quarter of it. With much less it
// would keep everybody waiting on a machine that is busy with other things:
// whenever garbage is collected all threads must come to a stop first.
const backgroundNice = 5

// background has the goroutine that calls it run behind everything else: on a
// thread of its own, which has the smaller share of a core that another wants
// too. The thread ends with the goroutine.
func background() {
	runtime.LockOSThread()
	// Linux knows the value for each thread; raising it is always allowed.
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, backgroundNice)
}
