"""Reading amounts of money."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from alongside.imports.cells.parsed import Parsed
from alongside.imports.reading.sheets import Value, text_of
from alongside.imports.spelling import fold

ZERO_WORDS = frozenset({"nil", "-", "–", "—", "none", "zero"})
PERIOD = re.compile(r"\s*(?:/|per|a|p)?\s*(?:wk|week|weekly|w|pw|p\.w\.)\.?$")
THOUSANDS_COMMA = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
THOUSANDS_POINT = re.compile(r"\d{1,3}(\.\d{3})+,\d+")
THOUSANDS_OR_NOT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
CURRENCY_LETTERS = re.compile(r"^(?:nz|au|us|gbp|eur|usd|nzd|aud)\s*(?=[\d.(-]|$)")
PENCE, LARGEST = Decimal("0.01"), Decimal(1_000_000_000)


def parse_amount(value: Value) -> Parsed[Decimal]:
    """An amount of money. Doubt: `amount-unclear`, and nothing is guessed."""
    words = text_of(value)
    if not words:
        return Parsed()
    amount = _amount(value, words)
    if amount is None or not amount.is_finite() or abs(amount) > LARGEST:
        return Parsed(None, ("amount-unclear",), words)
    return Parsed(amount.quantize(PENCE), (), words)


def _amount(value: Value, words: str) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        return Decimal(str(value))
    text = fold(words).removeprefix("'")
    if text in ZERO_WORDS:
        return Decimal(0)
    text = PERIOD.sub("", text)
    bracketed = text.startswith("(") and text.endswith(")")
    text = _bare(text.strip("()") if bracketed else text)
    minus = bracketed or text.startswith("-") or text.endswith("-")
    number = _number(text.strip("-"))
    if number is None:
        return None
    return -number if minus else number


def _bare(text: str) -> str:
    text = text.replace("−", "-")
    text = "".join(c for c in text if unicodedata.category(c) != "Sc" and not c.isspace())
    sign = "-" if text.startswith("-") else ""
    return sign + CURRENCY_LETTERS.sub("", text.removeprefix("-"))


def _number(text: str) -> Decimal | None:
    if THOUSANDS_COMMA.fullmatch(text):
        text = text.replace(",", "")
    elif THOUSANDS_POINT.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif THOUSANDS_OR_NOT.fullmatch(text):
        return None  # 1.234 may be a thousand and more, or one and a bit
    elif re.fullmatch(r"\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    if not re.fullmatch(r"\d+(\.\d+)?|\.\d+", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:  # pragma: no cover
        return None
