"""Help for those who write Turtle: templates to begin with."""

from crossties.authoring.kinds import Kind, find_kind, load_kinds
from crossties.authoring.templates import Wish, write_template

__all__ = ["Kind", "Wish", "find_kind", "load_kinds", "write_template"]
