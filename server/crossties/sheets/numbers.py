"""Read numbers as people in the north write them: spaces between thousands, a comma before decimals."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from crossties.sheets.grid import Content, tidy
from crossties.sheets.said import Reading, accept, refuse

_PARTS: Final = re.compile(
    r"(?P<before>[^\d+\-\u2212]*)(?P<number>[+\-\u2212]?\d[\d.,' \u2019]*)(?P<after>.*)", re.ASCII
)
_GROUPED: Final = re.compile(r"\d{1,3}(?:[ .,'\u2019]\d{3})+", re.ASCII)
_MONEY: Final = {
    "EUR": ("€", "eur", "euro", "euros", "euroa", "евро"),
    "RUB": ("₽", "rub", "руб", "рубль", "рубля", "рублей", "ruplaa", "rubel", "roubles", "rubles"),  # noqa: RUF001
    "GBP": ("£", "gbp"),
    "SEK": ("sek",),
    "NOK": ("nok",),
    "DKK": ("dkk",),
    "ISK": ("isk",),
    "USD": ("usd",),
}
#: The currencies that “kr” may mean.
CROWNS: Final = ("SEK", "NOK", "DKK", "ISK")
_CROWNS: Final = ("kr", "kronor", "kroner", "krona", "krone", "kruunu", "kruunua", "крон", "крона", "кроны")
_SCALES: Final = {
    1_000: ("t", "tn", "tkr", "tusen", "tuhat", "tuhatta", "тыс", "тысяч", "k", "teur", "thousand"),
    1_000_000: (
        "m",
        "mn",
        "mkr",
        "milj",
        "miljoona",
        "miljoonaa",
        "млн",
        "million",
        "millions",
        "miljoner",
        "meur",
    ),
    1_000_000_000: ("mrd", "md", "млрд", "billion", "miljardi", "miljardia", "miljard", "miljarder"),
}
_DIGITS: Final = 16
_LARGEST: Final = 10**15


def read_decimal(value: Content) -> Reading:
    """Return a number as a canonical xsd:decimal; what stands beside it must be taken away."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return refuse("not-a-number", cell=_shown(value))
    if isinstance(value, str):
        return _read_text(tidy(value))
    if abs(value) >= _LARGEST or value != value:  # noqa: PLR0124  NaN is the one number unlike itself
        return refuse("number-too-long", cell=value)
    return _exact(Decimal(str(value)), value)


def read_integer(value: Content) -> Reading:
    """Return a whole number as a canonical xsd:integer."""
    found = read_decimal(value)
    if found.value is not None and "." in found.value:
        return refuse("not-whole", cell=_shown(value))
    return found


def read_amount(value: Content, currency: str | None) -> tuple[Reading, str | None]:
    """Return a sum of money, and the currency that its cell names; ``currency`` is what its own cell says.

    “kr” means four currencies: without a cell that says which, nothing is read.
    """
    match = _PARTS.fullmatch(tidy(value)) if isinstance(value, str) else None
    named = _bare(match["before"] + " " + match["after"]) if match else ""
    if match is None or not named:
        return read_decimal(value), None
    money = next((code for code, words in _MONEY.items() if named in words), None)
    if named not in _CROWNS and money is None:
        return read_decimal(value), None
    number = _read_text(match["number"].strip())
    if number.value is None:
        return number, None
    if currency is not None:
        agrees = currency == money or (money is None and currency in CROWNS)
        return number if agrees else refuse("two-currencies", cell=_shown(value), currency=currency), None
    if money is None:
        choices = ", ".join(CROWNS)
        return refuse("which-crowns", cell=_shown(value), number=number.value, choices=choices), None
    return accept(number.value, "money-in-cell", cell=_shown(value), currency=money), money


def _read_text(text: str) -> Reading:
    match = _PARTS.fullmatch(text)
    if match is None or any(one.isdigit() and not one.isascii() for one in text):
        return refuse("not-a-number", cell=text)
    named = _bare(match["before"] + " " + match["after"])
    number = _read_plain(match["number"].strip())
    if not named or number.value is None:
        return number if not named else refuse("not-a-number", cell=text)
    for scale, words in _SCALES.items():
        if any(word in words for word in named.split()):
            better = _canonical(Decimal(number.value) * scale)
            return refuse("number-in-words", cell=text, better=better)
    if named == "%":
        return refuse("percent", cell=text)
    return refuse("words-with-number", cell=text, better=number.value)


def _read_plain(text: str) -> Reading:
    """Read digits with separators: the last of two sorts is the decimal one; a lone one may be either."""
    sign = "-" if text[0] in "-\u2212" else ""
    digits = text.lstrip("+-\u2212").rstrip(".,' \u2019")
    points = [one for one in digits if one in ".,"]
    if len(set(points)) == 1 and len(points) == 1 and _is_open(digits, points[0]):
        whole, part = digits.split(points[0])
        return refuse(
            "thousand-or-decimal", cell=text, one=f"{sign}{whole}{part}", other=f"{sign}{whole},{part}0"
        )
    decimal = points[-1] if points and points.count(points[-1]) == 1 else ""
    whole, _, part = digits.partition(decimal) if decimal else (digits, "", "")
    if not (whole.isdigit() or _GROUPED.fullmatch(whole)) or (part and not part.isdigit()):
        return refuse("not-a-number", cell=text)
    try:
        number = Decimal(f"{sign}{re.sub('[^0-9]', '', whole)}.{part or 0}")
    except InvalidOperation:
        return refuse("not-a-number", cell=text)
    return _exact(number, text)


def _exact(number: Decimal, cell: Content) -> Reading:
    """Return the number, where every program that reads it will keep all of its digits."""
    written = _canonical(number)
    whole, _, part = written.lstrip("-").partition(".")
    if max(len(whole), len(part)) > _DIGITS:
        return refuse("number-too-long", cell=_shown(cell))
    return accept(written)


def _is_open(digits: str, point: str) -> bool:
    """Tell whether a lone point or comma may stand before thousands as well as before decimals."""
    whole, _, part = digits.partition(point)
    return whole.isdigit() and len(part) == 3 and part.isdigit() and len(whole) <= 3 and whole[0] != "0"  # noqa: PLR2004


def _bare(text: str) -> str:
    return " ".join(text.casefold().replace(".", " ").replace(":-", " ").replace(",-", " ").split())


def _canonical(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _shown(value: Content) -> str:
    return tidy(str(value))[:80]
