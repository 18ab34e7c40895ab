"""The published questions: one query file each, with typed parameters and named columns."""
