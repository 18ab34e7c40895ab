"""The command line: one short module per command, loaded when it is called."""
