"""Pack files so that the same bytes go in and the same bytes come out: no clock, no names of the machine."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from collections.abc import Mapping
from typing import Final

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_GZIP_LEVEL: Final = 9
_ZSTD_LEVEL: Final = 12
_NO_DAY: Final = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE: Final = 0o644 << 16


def to_gzip(data: bytes) -> bytes:
    """Return the data in gzip (RFC 1952), without a time in its header."""
    return gzip.compress(data, _GZIP_LEVEL, mtime=0)


def to_zstd(data: bytes) -> bytes:
    """Return the data in Zstandard (RFC 8878)."""
    packed: bytes = zstd.compress(data, _ZSTD_LEVEL)
    return packed


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """Return the files in a ZIP archive, sorted by name, all of the same day."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=_GZIP_LEVEL) as archive:
        for name in sorted(files):
            about = zipfile.ZipInfo(name, _NO_DAY)
            about.compress_type, about.external_attr, about.create_system = (
                zipfile.ZIP_DEFLATED,
                _PLAIN_FILE,
                3,
            )
            archive.writestr(about, files[name])
    return written.getvalue()
