"""What people and programs put into forms that nobody meant to be put there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.house.page_forms import PageField, PageForm

OURS = {"csrfmiddlewaretoken", "once", "version"}
ARABIC, EMOJI = "مرحبا بكم في البيت", "👩‍👩‍👧 🎉"
NAME = "Te Rangimārie Ōtāhuhu"

type Answer = str | list[str] | None
type Fill = Callable[[PageField], Answer]


def typed(**by_kind: str) -> Callable[[PageField], str]:
    """What is typed, by the kind of control; `text` where no other kind is named."""

    def fill(of: PageField) -> str:
        kind = "text" if of.kind == "textarea" else of.kind
        return by_kind.get(kind, by_kind["text"])

    return fill


def lawful(fill: Callable[[PageField], str], *, last: bool = False) -> Fill:
    """Choices as they are offered, the first or the last; what is typed is junk."""

    def both(of: PageField) -> Answer:
        if of.is_typed:
            return fill(of)
        offered = [value for value in of.choices if value]
        return offered[-1 if last else 0] if offered else of.value

    return both


def unlawful(fill: Callable[[PageField], str]) -> Fill:
    """Nothing that was offered is chosen."""

    def both(of: PageField) -> Answer:
        return fill(of) if of.is_typed else of.value if of.kind == "hidden" else "nobody's choice"

    return both


FEBRUARY = typed(
    text="31 February", date="2026-02-31", time="25:61", number="-1", **{
        "datetime-local": "2026-02-31T25:61", "month": "2026-13", "email": "nobody", "tel": "☎",
    },
)  # fmt: skip
YEAR_ONE = typed(
    text=f"{NAME}\x00 {ARABIC}", date="0001-01-01", time="00:00", number="0", **{
        "datetime-local": "0001-01-01T00:00", "month": "0001-01",
    },
)  # fmt: skip
YEAR_9999 = typed(
    text="W" * 201, date="9999-12-31", time="23:59", number="999999", **{
        "datetime-local": "9999-12-31T23:59", "month": "9999-12",
    },
)  # fmt: skip
WORDS = typed(text=f"\u202e{EMOJI} \ud83d é {NAME}", date="tomorrow", time="noon", number="twelve")
HUGE = typed(text="1", date="2026-04-20", time="12:00", number="9" * 40)
LETTER = typed(
    text="x", date="2026-04-21", time="14:00", number="1", **{
        "datetime-local": "2026-04-21T14:00", "email": "a@b.example", "month": "2026-04",
    },
)  # fmt: skip
OTHER_DIGITS = typed(text="١٢", date="٢٠٢٦-٠٤-٢٠", time="１２：００", number="１２")

JUNK: dict[str, Fill] = {
    "nothing at all": lambda _: None,
    "31 February, chosen nothing": unlawful(FEBRUARY),
    "31 February": lawful(FEBRUARY),
    "the year 1": lawful(YEAR_ONE),
    "the year 1, last choice": lawful(YEAR_ONE, last=True),
    "the year 9999": lawful(YEAR_9999),
    "the year 9999, last choice": lawful(YEAR_9999, last=True),
    "words, emoji and half a letter": lawful(WORDS),
    "a number of forty digits": lawful(HUGE),
    "one letter": lawful(LETTER),
    "one letter, last choice": lawful(LETTER, last=True),
    "other digits": lawful(OTHER_DIGITS),
}


def filled(form: PageForm, fill: Fill) -> dict[str, str | list[str]]:
    """What a browser, or a program, would send."""
    return dict(_filled(form, fill))


def _filled(form: PageForm, fill: Fill) -> Iterator[tuple[str, str | list[str]]]:
    for name, of in form.fields.items():
        if name in OURS:
            yield name, of.value
        elif of.kind != "file" and (value := fill(of)) is not None:
            yield name, value


def is_back(sent: str, shown: str) -> bool:
    """Whether what was typed is there again, as HTML can hold it."""
    return _plain(sent) == _plain(shown)


def _plain(text: str) -> str:
    letters = (letter for letter in text if letter not in "\x00\ufffd" and not _is_half(letter))
    return " ".join("".join(letters).split())


def _is_half(letter: str) -> bool:
    return "\ud800" <= letter <= "\udfff"
