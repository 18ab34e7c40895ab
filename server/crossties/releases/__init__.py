"""Freeze the graph: releases with an id, a day and a hash, and the files in which it is given away."""

from crossties.releases.core import CORE, PROFILES
from crossties.releases.files import DumpFile, write_dumps
from crossties.releases.records import Release, create_release, find_release, list_releases, open_dumps

__all__ = [
    "CORE",
    "PROFILES",
    "DumpFile",
    "Release",
    "create_release",
    "find_release",
    "list_releases",
    "open_dumps",
    "write_dumps",
]
