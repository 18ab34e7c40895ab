"""The journal of an instance: what was contributed, judged and accepted, in one file that is its truth."""
