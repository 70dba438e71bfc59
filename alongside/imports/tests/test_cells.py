"""One cell at a time: what people type, and what it means."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from alongside.imports.cells import choices, names
from alongside.imports.cells.amounts import parse_amount
from alongside.imports.cells.dates import guess_day_first, parse_birth, parse_date
from alongside.imports.cells.minutes import parse_minutes
from alongside.imports.reading.sheets import Value
from alongside.imports.setting import Setting, StaffMember
from alongside.imports.spelling import squash

TODAY = date(2026, 11, 20)
PLACE = Setting(
    staff=(StaffMember("jo", "Jo McGrath", "JMcG"), StaffMember("sk", "Sam King", "SK")),
    rooms=("1A", "2B", "3A"),
    stages={"prob": ("Prob", "Probation"), "3": ("S3",)},
)


@pytest.mark.parametrize(
    "value",
    [
        "14/03/2026", "14/3/26", "14.03.2026", "14-Mar-26", "14th March 2026", "Sat 14 Mar 26",
        "2026-03-14", "2026-03-14 10:30:00", "14 Mar 2026 2.30pm", "March 14, 2026",
        "14/03/2026 09:15",
        date(2026, 3, 14), datetime.fromisoformat("2026-03-14 14:30"), "\u00a014/03/2026 ",
    ],
)  # fmt: skip
def test_a_day_reads_silently(value: Value) -> None:
    assert parse_date(value).value == date(2026, 3, 14)
    assert not parse_date(value).doubts


@pytest.mark.parametrize(
    ("value", "on", "code"),
    [
        (46095, date(2026, 3, 14), "serial"),
        ("46095", date(2026, 3, 14), "serial"),
        ("31/02/2026", None, "impossible-date"),
        ("tbc 23/11", None, "unreadable-date"),
        ("2026", None, "unreadable-date"),
    ],
)
def test_a_doubtful_day_says_so(value: Value, on: date | None, code: str) -> None:
    assert (parse_date(value).value, parse_date(value).doubts) == (on, (code,))


def test_the_order_of_day_and_month_is_told_by_the_column() -> None:
    assert guess_day_first(["03/14/2026", "03/04/2026"]) is False
    assert guess_day_first(["14/03/2026", "03/04/2026"]) is True
    assert guess_day_first(["03/04/2026", "x", None]) is None
    assert parse_date("03/14/2026", day_first=False).value == date(2026, 3, 14)


@pytest.mark.parametrize(
    ("value", "on", "codes"),
    [
        ("18/5/91", date(1991, 5, 18), ("two-digit-year",)),
        ("25/7/05", date(2005, 7, 25), ("two-digit-year",)),
        ("1/1/12", date(2012, 1, 1), ("two-digit-year",)),
        ("1/1/13", date(1913, 1, 1), ("two-digit-year",)),
        ("1/12/12", date(1912, 12, 1), ("two-digit-year",)),
        ("c. 1985", None, ("approx-dob",)),
        ("1972?", None, ("approx-dob",)),
        ("Apr 1990", None, ("approx-dob",)),
        ("unknown", None, ("approx-dob",)),
        ("30/02/1991", None, ("impossible-dob",)),
        ("04/11/2990", None, ("future-dob",)),
        ("31277", date(1985, 8, 18), ("serial",)),
        (None, None, ("no-dob",)),
    ],
)
def test_a_date_of_birth(value: Value, on: date | None, codes: tuple[str, ...]) -> None:
    read = parse_birth(value, today=TODAY)
    assert read.value is not None
    assert (read.value.on, read.doubts) == (on, codes)


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        (45, 45), ("45", 45), ("45 mins", 45), ("45m", 45), ("1hr", 60), ("1hr 15", 75),
        ("½ hr", 30), ("1½ hrs", 90), ("1:15", 75), (time(0, 45), 45), (timedelta(minutes=50), 50),
        ("half an hour", 30), ("1 h 5 min", 65), (45.0, 45),
    ],
)  # fmt: skip
def test_minutes_read_silently(value: Value, minutes: int) -> None:
    assert parse_minutes(value) == type(parse_minutes(value))(
        minutes, (), parse_minutes(value).words
    )


def test_minutes_are_never_guessed() -> None:
    assert parse_minutes("ages").doubts == ("minutes-unclear",)
    assert parse_minutes("30-40").value is None
    assert parse_minutes(0).value is None
    assert parse_minutes(None).doubts == ()
    assert parse_minutes(600).doubts == ("minutes-unlikely",)
    assert parse_minutes("0,75", unit_minutes=60).value == 45


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("$1,250.50", "1250.50"), ("$ 95.00", "95"), ("-$45.00", "-45"), ("($45.00)", "-45"),
        ("nil", "0"), ("-", "0"), ("£14.50 pw", "14.5"), (14.5, "14.5"), ("1.250,50 €", "1250.5"),
        ("12,50", "12.5"), ("NZ$ 20", "20"),
    ],
)  # fmt: skip
def test_amounts(value: Value, amount: str) -> None:
    assert parse_amount(value).value == Decimal(amount)


@pytest.mark.parametrize("value", ["$18O.00", "$95/$190 fn", "tbc", "1,2,3"])
def test_an_amount_that_cannot_be_read_is_not_guessed(value: str) -> None:
    assert (parse_amount(value).value, parse_amount(value).doubts) == (None, ("amount-unclear",))


def test_names_compare_without_what_people_leave_out() -> None:
    lukasz = names.PersonName("Kowalczyk", "Łukasz Jan", "Lucas")
    for spelling in ("Lukasz Kowalczyk", "KOWALCZYK, Łukasz", "lucas  kowalczyk"):
        assert squash(spelling) in lukasz.spellings()
    assert squash("Lucas") not in lukasz.spellings()
    assert squash("O’Neill") == squash("ONEILL") == squash("O'Neill")
    assert squash("Mo\u0304") == squash("Mō") == "mo"


@pytest.mark.parametrize(
    ("cell", "surname", "forenames"),
    [
        ("Çelik, Emre \u00a0", "Çelik", "Emre"),
        ("Petrus van der Linde", "van der Linde", "Petrus"),
        ("Zarifullah", "Zarifullah", ""),
        ("Rowan  (use this!) Blythe", "Blythe", "Rowan"),
        ("-", "", ""),
        ("م مريم", "مريم", "م"),
        ("X", "X", ""),
    ],
)
def test_a_name_in_one_cell(cell: str, surname: str, forenames: str) -> None:
    name = names.parse_one_cell(cell)
    assert (name.surname, name.forenames) == (surname, forenames)


def test_a_name_that_lost_letters_fits_only_its_own_person() -> None:
    hemi = names.PersonName("Ngāwaka", "Hēmi")
    assert names.fits_with_gaps("H?mi Ng?waka", hemi)
    assert not names.fits_with_gaps("H?mi Ng?waka", names.PersonName("Takerei-Bohn", "Aperahama"))


def test_workers_rooms_and_stages() -> None:
    assert [choices.parse_worker(w, PLACE).value for w in ("J.McG. ", "jo mcgrath", "SK")] == [
        "jo", "jo", "sk",
    ]  # fmt: skip
    assert choices.parse_worker("SK/JMcG", PLACE).doubts == ("two-workers",)
    assert choices.parse_worker("GH", PLACE).doubts == ("worker-unknown",)
    assert [choices.parse_room(r, PLACE).value for r in ("Rm 2B", "2b", "2-B", "2 B\u00a0")] == [
        "2B"
    ] * 4
    assert choices.parse_room("2B then 3A", PLACE).doubts == ("two-rooms",)
    assert choices.parse_room("2I", PLACE).doubts == ("room-unknown",)
    assert [choices.parse_stage(s, PLACE).value for s in (3, "Stage 3", "s3", "prob.")] == [
        "3", "3", "3", "prob",
    ]  # fmt: skip
    assert choices.parse_stage("S3/4", PLACE).doubts == ("stage-unknown",)


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("✓", "attended"), ("Att.", "attended"), ("Yes (late)", "attended"),
        ("D.N.A.", "did_not_attend"), ("No – whānau illness", "did_not_attend"),
        ("n/s", "did_not_attend"), ("canc (res)", "cancelled"), ("Rearr", "cancelled"), ("hm", ""),
    ],
)  # fmt: skip
def test_outcomes(word: str, meaning: str) -> None:
    assert choices.meaning_of(word, "outcome", PLACE) == meaning


def test_a_place_may_have_words_of_its_own() -> None:
    place = Setting(words={"outcome": {"attended": ("hui held",)}})
    assert choices.meaning_of("Hui held", "outcome", place) == "attended"


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 10**30, "9" * 40])
def test_numbers_beyond_reason_are_not_taken(value: Value) -> None:
    assert parse_amount(value).value is None
    assert parse_minutes(value).value is None
    assert parse_date(value).value is None


@pytest.mark.parametrize("value", ["31/12/9999", "00/00/0000", date.max, date.min])
def test_a_day_nobody_can_have_meant_is_no_day(value: Value) -> None:
    assert (parse_date(value).value, parse_date(value).doubts) == (None, ("impossible-date",))
