// Chancery reads diplomatic cables in a terminal.
package main

func main() {}
