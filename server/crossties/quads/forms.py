"""The one way to write each value, and what was probably meant by another way."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from crossties.namespaces import XSD

_YEAR: Final = r"(?:1\d{3}|2[01]\d{2}|2200)"
#: Datatype of XML Schema → its canonical form within the limits of the graph, and an example.
FORMS: Final[dict[str, tuple[re.Pattern[str], str]]] = {
    "decimal": (
        re.compile(r"0|-?(?:[1-9]\d{0,17}(?:\.\d{0,16}[1-9])?|0\.\d{0,16}[1-9])", re.ASCII),
        "163000 / 0.5",
    ),
    "integer": (re.compile(r"0|-?[1-9]\d{0,17}", re.ASCII), "125000"),
    "boolean": (re.compile(r"true|false", re.ASCII), "true / false"),
    "date": (re.compile(_YEAR + r"-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII), "2018-09-27"),
    "gYearMonth": (re.compile(_YEAR + r"-(?:0[1-9]|1[0-2])", re.ASCII), "2018-09"),
    "gYear": (re.compile(_YEAR, re.ASCII), "2018"),
}
#: What XML Schema lets a value of the datatype be, in any form and size.
_LEXICAL: Final = {
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "integer": r"[+-]?\d+",
    "boolean": r"true|false|1|0",
    "date": r"-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:Z|[+-]\d\d:\d\d)?",
    "gYearMonth": r"-?\d{4,}-(?:0[1-9]|1[0-2])(?:Z|[+-]\d\d:\d\d)?",
    "gYear": r"-?\d{4,}(?:Z|[+-]\d\d:\d\d)?",
}
#: Other datatypes → the one that is used here instead.
_INSTEAD: Final = {
    "dateTime": "date",
    "dateTimeStamp": "date",
    "double": "decimal",
    "float": "decimal",
    **dict.fromkeys(
        ("int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt"), "integer"
    ),
}
_LONGEST: Final = 60
_SPACE: Final = re.compile(r"[\s\u2009]+")
_NUMBER: Final = re.compile(r"([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,2}))?", re.ASCII)
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[TZ+-].*)?", re.ASCII)
_NORDIC_DAY: Final = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", re.ASCII)


def is_lexical(value: str, name: str) -> bool:
    """Tell whether XML Schema lets a value of the datatype be written so; ``name`` is without namespace."""
    return bool(re.fullmatch(_LEXICAL[name], value, re.ASCII))


def is_day(value: str) -> bool:
    """Tell whether an ISO date is a day of the calendar."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def find_datatype(name: str) -> str | None:
    """Return the datatype that is used here instead of another one of XML Schema."""
    return _INSTEAD.get(name)


def find_form(value: str, name: str) -> str | None:
    """Return the canonical form that was probably meant; None where nobody can tell."""
    text = _SPACE.sub(" ", value).strip()
    if len(text) > _LONGEST:
        return None
    form = _number(text) if name in {"decimal", "integer"} else _FINDERS[name](text)
    return form if form and FORMS[name][0].fullmatch(form) and (name != "date" or is_day(form)) else None


def _number(text: str) -> str | None:
    """Read a number with spaces between thousands, a decimal comma or an exponent."""
    plain = text.replace(" ", "").replace("\u2212", "-")
    plain = plain if "." in plain else plain.replace(",", ".")
    match = _NUMBER.fullmatch(plain)
    if not match:
        return None
    found = format(Decimal(plain), "f")
    return (found.rstrip("0").rstrip(".") if "." in found else found).removeprefix("-0") or "0"


def _boolean(text: str) -> str | None:
    return {"1": "true", "0": "false", "true": "true", "false": "false"}.get(text.lower())


def _day(text: str) -> str | None:
    match = _ISO_DAY.fullmatch(text)
    if match:
        return f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}"
    match = _NORDIC_DAY.fullmatch(text)
    return f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}" if match else None


def _month(text: str) -> str | None:
    match = re.match(r"(\d{4})-(\d{1,2})(?!\d)", text, re.ASCII)
    return f"{match[1]}-{match[2]:0>2}" if match else None


def _year(text: str) -> str | None:
    match = re.match(r"(\d{4})(?!\d)", text, re.ASCII)
    return match[1] if match else None


_FINDERS: Final = {"boolean": _boolean, "date": _day, "gYearMonth": _month, "gYear": _year}


def short_name(datatype: str) -> str | None:
    """Return the name of a datatype of XML Schema without its namespace."""
    return datatype.removeprefix(XSD) if datatype.startswith(XSD) else None
