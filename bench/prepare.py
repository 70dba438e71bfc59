"""Fills a database with as many notes as asked, and says where to knock.

It goes round the operations, for speed, and leaves what they would have left: notes, sessions,
their lines on the timeline, allocations, stages. Duties are worked out by the house itself.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import batched
from time import process_time
from typing import Any
from uuid import UUID

import django

django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from alongside.allocations.models import Allocation  # noqa: E402
from alongside.duties.operations import work_out  # noqa: E402
from alongside.keywork.models import Booking, Note, Session  # noqa: E402
from alongside.kit import wall  # noqa: E402
from alongside.moments.models import Moment  # noqa: E402
from alongside.organisation.models import Scheme, Staff  # noqa: E402
from alongside.residents.models import Resident  # noqa: E402
from alongside.stages.models import StageMove  # noqa: E402
from alongside.stays.models import Stay  # noqa: E402
from alongside.testing.cast import OPENED, SETTING_UP, assemble  # noqa: E402
from alongside.testing.signed_in import fully_signed_in  # noqa: E402
from bench.jobs import JOBS, Job  # noqa: E402

PEOPLE = 300
HERE = 50
MONTHS_BACK = 24
BATCH = 2_000
WORDS = [
    *("talked", "about", "the", "week", "ahead", "and", "what", "went", "well", "college", "rent"),
    *("benefits", "doctor", "letter", "family", "phone", "shopping", "cooking", "forms", "calm"),
    *("meeting", "tomorrow", "tired", "hopeful", "worried", "early", "late", "kitchen"),
]
RARE, EVERY = "budgeting", 200
chance = random.Random(20260420)


def main(step: str, *arguments: str) -> None:
    """`tables` makes the tables, which is done once; `fill N` writes N notes into them."""
    with wall.everybody("a database for measuring is made"):
        if step == "tables":
            call_command("migrate", verbosity=0)
            call_command("collectstatic", verbosity=0, interactive=False)
            connection.close()  # so that all of it lies in the one file
        else:
            fill(int(arguments[0]))


def fill(notes: int) -> None:
    with transaction.atomic():
        cast = assemble()
        stays = people(cast.mill_house, cast.quay_street, cast.amina)
        for batch in batched(range(notes), BATCH):
            write(batch, stays, cast.amina)
    work_out(cast.mill_house, by=SETTING_UP)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    ready = addresses(cast.mill_house, stays[0], cast.amina)
    print(json.dumps({**ready, "processor_seconds": round(process_time())}))


def people(here: Scheme, elsewhere: Scheme, worker: Staff) -> list[Stay]:
    """Fifty people on one caseload, and the rest at the other scheme."""
    organisation, today = here.organisation, here.today()
    residents = [
        Resident(organisation=organisation, given_name=f"Person{n}", family_name=f"Name{n:03}",
                 name_key=f"person{n} name{n:03}")
        for n in range(PEOPLE)
    ]  # fmt: skip
    Resident.objects.bulk_create(residents)
    stays = [
        Stay(resident=resident, scheme=here if n < HERE else elsewhere, practice=here.practice_name,
             moved_in_on=today - timedelta(days=chance.randint(30, MONTHS_BACK * 30)))
        for n, resident in enumerate(residents)
    ]  # fmt: skip
    Stay.objects.bulk_create(stays)
    Allocation.objects.bulk_create(
        Allocation(stay=stay, worker=worker, from_on=max(stay.moved_in_on, OPENED),
                   allocated_by=worker)
        for stay in stays[:HERE]
    )  # fmt: skip
    StageMove.objects.bulk_create(
        StageMove(stay=stay, kind="entered", stage="probation", at=at_noon(here, stay.moved_in_on),
                  practice=here.practice_name, moved_by=worker)
        for stay in stays
    )  # fmt: skip
    Booking.objects.bulk_create(
        Booking(stay=stay, worker=worker, starts_at=at, ends_at=at + timedelta(hours=1),
                venue="office", arranged="staff", by_staff=worker)
        for n, stay in enumerate(stays[:HERE], 1)
        for at in [at_noon(here, today + timedelta(days=n))]
    )  # fmt: skip
    return stays


def at_noon(scheme: Scheme, day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=scheme.zone)


def write(numbers: tuple[int, ...], stays: list[Stay], writer: Staff) -> None:
    """Some more notes, every fifth of them a session, each with its line."""
    notes = [a_note(n, stays[n % len(stays)], writer) for n in numbers]
    Note.objects.bulk_create(notes)
    Session.objects.bulk_create(
        Session(note=note, stay=note.stay, held_by=writer, held_on=note.happened_at.date(),
                attendance="came")
        for note in notes if note.kind == "session"
    )  # fmt: skip
    Moment.objects.bulk_create(lines(notes, writer))


def a_note(n: int, stay: Stay, writer: Staff) -> Note:
    back = (stay.scheme.today() - stay.moved_in_on).days
    at = at_noon(
        stay.scheme, stay.moved_in_on + timedelta(days=chance.randint(0, max(back - 1, 0)))
    )
    words = [*chance.choices(WORDS, k=chance.randint(30, 110)), *([RARE] if n % EVERY == 0 else [])]
    kind = "session" if n % 5 == 0 else "informal"
    return Note(stay=stay, kind=kind, text=" ".join(words), happened_at=at, recorded_at=at,
                written_by=writer, minutes=20)  # fmt: skip


def lines(notes: list[Note], writer: Staff) -> Iterator[Moment]:
    for note in notes:
        yield Moment(
            scheme_id=note.stay.scheme_id, resident_id=note.stay.resident_id, stay=note.stay,
            kind=note.kind, title=f"{note.kind_says}, 20 minutes", text=note.text, by=writer.name,
            link=f"/notes/{note.pk}/", happened_at=note.happened_at, recorded_at=note.recorded_at,
            record_type="keywork.Note", record_id=note.pk,
        )  # fmt: skip


def addresses(scheme: Scheme, stay: Stay, worker: Staff) -> dict[str, Any]:
    """Who we are and where each job is, with how many queries its page makes."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(worker)
    session: Any = SessionStore(client.cookies["sessionid"].value)
    fully_signed_in(session, worker)
    known: dict[str, UUID | str] = {"stay": stay.pk, "scheme": scheme.slug, "scheme_id": scheme.pk}
    jobs = {
        job.key: {"page": job.page.format(**known), "floor": job.floor.format(**known),
                  "queries": queries(client, job.page.format(**known), job)}
        for job in JOBS
    }  # fmt: skip
    return {"session": session.session_key, "jobs": jobs}


def queries(client: Client, address: str, job: Job) -> int:
    """Of the second time, when what is made once a day is made."""
    for _ in range(2):
        form = job.form()
        with CaptureQueriesContext(connection) as counted:
            answer = client.post(address, form) if form else client.get(address)
    expected = 302 if form else 200
    if answer.status_code != expected:
        sys.exit(f"{address} answered {answer.status_code}: {answer.content[:400]!r}")
    return len(counted)


if __name__ == "__main__":
    main(*sys.argv[1:])
