"""What somebody sends, read once and strictly: its statements and where each of them stands."""
