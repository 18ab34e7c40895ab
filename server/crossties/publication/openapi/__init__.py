"""The description of the service for programs, in OpenAPI 3.1, a module for each part of the service.

To add a part, write a module here whose function returns its paths, made of ``pieces``, and name it below.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crossties import __version__
from crossties.publication.dataset import DESCRIPTIONS
from crossties.publication.hosts import LICENSE, Host
from crossties.publication.openapi.contributions import SCHEMES, contribution_paths
from crossties.publication.openapi.data import data_paths
from crossties.publication.openapi.pieces import PROBLEM
from crossties.publication.openapi.questions import question_paths
from crossties.publication.openapi.search import search_paths
from crossties.publication.openapi.sparql import sparql_paths
from crossties.publication.openapi.validation import validation_paths
from crossties.questions.catalogue import Question

__all__ = ["describe_service"]


def describe_service(host: Host, questions: Iterable[Question]) -> dict[str, Any]:
    """Return the description."""
    paths = question_paths(questions) | search_paths() | sparql_paths() | data_paths()
    paths |= validation_paths() | contribution_paths()
    tags = dict.fromkeys(tag for path in paths.values() for one in path.values() for tag in one["tags"])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "crossties",
            "summary": "A knowledge graph of cross-border cooperation.",
            "description": DESCRIPTIONS["en"],
            "version": __version__,
            "license": {"name": "CC BY 4.0 (data)", "url": LICENSE},
        },
        "servers": [{"url": host.address("").rstrip("/")}],
        "tags": [{"name": tag} for tag in tags],
        "paths": paths,
        "components": {"schemas": {"Problem": PROBLEM}, "securitySchemes": SCHEMES},
    }
