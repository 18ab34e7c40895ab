"""Lists of others read as candidates: contributions with provenance, never straight facts."""

from crossties.importing.comparing import Difference, compare_graphs
from crossties.importing.model import Outcome, Review, Settings
from crossties.importing.register import Known, Register, read_register
from crossties.importing.running import KINDS, run_import

__all__ = [
    "KINDS",
    "Difference",
    "Known",
    "Outcome",
    "Register",
    "Review",
    "Settings",
    "compare_graphs",
    "read_register",
    "run_import",
]
