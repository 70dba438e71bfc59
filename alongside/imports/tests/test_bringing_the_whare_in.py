"""Two delimited files of another service, in the database, by the command and by operations."""

from __future__ import annotations

from decimal import Decimal

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import Sum

from alongside.imports.models import ImportRun
from alongside.imports.tests.hostel import DATA, RESIDENTS, SESSIONS
from alongside.imports.tests.houses import THAT_DAY, whare
from alongside.keywork.models import Booking, Note, Session
from alongside.residents.models import PossibleDuplicate, Resident
from alongside.stays.models import Stay


@pytest.fixture
def service(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    with time_machine.travel(THAT_DAY, tick=False):
        yield whare(cast)


def figures(scheme) -> dict[str, object]:
    stays = Stay.objects.filter(scheme=scheme)
    bookings = Booking.objects.filter(stay__scheme=scheme)
    return {
        "people": Resident.objects.filter(stays__scheme=scheme).distinct().count(),
        "stays": (stays.count(), stays.current().count()),
        "charges": stays.aggregate(all=Sum("service_charge"))["all"],
        "pairs": PossibleDuplicate.objects.count(),
        "sessions": (
            Session.objects.filter(stay__scheme=scheme).count(),
            bookings.filter(outcome="missed").count(),
            bookings.filter(outcome="cancelled").count(),
        ),
        "minutes": Note.objects.filter(stay__scheme=scheme).aggregate(m=Sum("minutes"))["m"],
    }


EVERYTHING = {
    "people": 50,
    "stays": (50, 34),
    "charges": Decimal("8247.50"),
    "pairs": 1,
    "sessions": (176, 37, 18),
    "minutes": 10_530,
}


@pytest.mark.slow
def test_both_files_by_the_command_twice(service, tmp_path, capsys) -> None:
    scheme, _ = service
    mend = tmp_path / "mend.csv"

    def command(*words: str) -> int:
        try:
            call_command("import_file", *words, "--scheme", scheme.slug)
        except CommandError as said:
            return said.returncode
        return 0

    assert command(str(DATA / RESIDENTS)) == 1
    assert not Stay.objects.filter(scheme=scheme).exists()
    assert command(str(DATA / RESIDENTS), "--apply", "--rejected", str(mend)) == 1
    assert command(str(DATA / SESSIONS), "--apply") == 1
    assert figures(scheme) == EVERYTHING
    assert mend.read_bytes().count(b"TR-") >= 3
    assert [p.name for p in Resident.objects.named("hemi ngawaka")] == ["Hēmi Ngāwaka"]
    said = capsys.readouterr().out
    assert "new 40, with a warning 10" in said or "with a warning 10" in said

    assert command(str(DATA / RESIDENTS), "--apply") == 2  # nothing in it is new
    assert command(str(DATA / SESSIONS), "--apply") == 2
    assert figures(scheme) == EVERYTHING
    last = ImportRun.objects.latest("pk")
    assert (last.count("unchanged"), last.refused) == (231, 9)


def test_the_command_says_what_it_cannot_do(service, tmp_path) -> None:
    scheme, _ = service
    file = tmp_path / "list.csv"
    file.write_text("Name,Moved in\nDana Holt,1/2/2026\n")
    with pytest.raises(CommandError, match="There is no scheme “nowhere”"):
        call_command("import_file", str(file), "--scheme", "nowhere")
    with pytest.raises(CommandError, match="There is no sheet “Beds”"):
        call_command("import_file", str(file), "--scheme", scheme.slug, "--sheet", "Beds")
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("import_file", str(file), "--scheme", scheme.slug, "--as", "x@y.example")
