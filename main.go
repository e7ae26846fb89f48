// Chancery reads diplomatic cables in a terminal.
package main

import (
	"os"

	"chancery/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:])) }
