"""Fetch the processors of others that read what we publish: Apache Jena, and N3.js, jsonld.js, rdf-canonize.

``python tests/interoperability/fetch.py`` puts them below ``.tools`` beside this file, in the versions that
are pinned here and in package-lock.json, checks their checksums, and says what can't be had and why. The
tests use what is there. Nothing is fetched when this module is imported.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
TOOLS: Final = HERE / ".tools"
_JENA: Final = "5.6.0"
#: The server of Jena, which has its command line tools in it.
JENA: Final = TOOLS / f"jena-fuseki-server-{_JENA}.jar"
_JENA_SHA256: Final = "d28c1eaf703122ee628895a460c20fa4aa60a892f435d403ea8c036f241da1f8"
MODULES: Final = TOOLS / "node_modules"


def main() -> int:
    """Fetch both; return 1 where something came that is not what was pinned."""
    TOOLS.mkdir(exist_ok=True)
    told = [_fetch_jena(), _fetch_modules()]
    for one in told:
        print(one)  # noqa: T201 - a script
    return int(any("checksum" in one for one in told))


def _fetch_jena() -> str:
    if not JENA.is_file():
        missing = _missing("java", "mvn")
        if missing:
            return f"Apache Jena can't be had: {missing} is missing on this machine."
        artifact = f"org.apache.jena:jena-fuseki-server:{_JENA}"
        failed = _run(
            "mvn", "-q", "-B", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={TOOLS}"
        )
        if failed:
            return f"Apache Jena can't be had: {failed}"
    if hashlib.sha256(JENA.read_bytes()).hexdigest() != _JENA_SHA256:
        JENA.unlink()
        return f"Apache Jena {_JENA} came with another checksum than the pinned one; it was deleted."
    return f"Apache Jena {_JENA} is there."


def _fetch_modules() -> str:
    missing = _missing("node", "npm")
    if missing:
        return f"N3.js, jsonld.js and rdf-canonize can't be had: {missing} is missing on this machine."
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, TOOLS / name)
    # Each package is checked against its hash in package-lock.json; none may run anything
    failed = _run(
        "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", str(TOOLS)
    )
    if "EINTEGRITY" in failed:
        return f"A package came with another checksum than the pinned one: {failed}"
    if failed:
        return f"N3.js, jsonld.js and rdf-canonize can't be had: {failed}"
    return "N3.js, jsonld.js and rdf-canonize are there."


def _missing(*programs: str) -> str:
    return " and ".join(name for name in programs if shutil.which(name) is None)


def _run(*command: str) -> str:
    """Run a command; return why it failed, or ""."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - commands of this file
    lines = (done.stderr + done.stdout).strip().splitlines()
    return "" if done.returncode == 0 else (" ".join(lines[-3:]) or f"{command[0]} failed")


if __name__ == "__main__":
    sys.exit(main())
