"""Find things by their names, in any language and script that the graph knows."""
