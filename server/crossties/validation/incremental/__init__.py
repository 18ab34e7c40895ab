"""The verdict on a change without looking at the whole graph: only at the nodes that it can concern."""

from crossties.validation.incremental.checker import Checker
from crossties.validation.incremental.model import Base, Change, Verdict

__all__ = ["Base", "Change", "Checker", "Verdict"]
