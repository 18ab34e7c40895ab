"""What somebody sends, read once and strictly: its statements and where each of them stands."""

from crossties.intake.model import SEVERITIES, Intake, Remark, Severity, Upload
from crossties.intake.places import Places, make_places
from crossties.intake.reading import find_named_graph, read_rdf
from crossties.intake.syntaxes import SYNTAXES, find_syntax

__all__ = [
    "SEVERITIES",
    "SYNTAXES",
    "Intake",
    "Places",
    "Remark",
    "Severity",
    "Upload",
    "find_named_graph",
    "find_syntax",
    "make_places",
    "read_rdf",
]
