"""The night's work over a whole service, timed: `python -m bench.nightly --stays 500`.

It fills a database with people, their sessions of a year and their key worker, runs
the night once to have a yesterday, and then times the night of the next day, when some have
missed a week. It prints JSON: seconds, queries, and what that comes to for ten thousand stays.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from datetime import date, datetime, timedelta
from typing import Any

WHOLE = 10_000
WEEKS = 52
chance = random.Random(20260420)


def main() -> None:
    """Fill, run the night before, and time the night."""
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="alongside-night-") as folder:
        os.environ.setdefault("ALONGSIDE_SECRET_KEY", "bench")
        os.environ["ALONGSIDE_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
        import django

        django.setup()
        print(json.dumps(measured(asked.stays, asked.processes), indent=1))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.nightly", description=__doc__)
    parser.add_argument("--stays", type=int, default=WHOLE)
    parser.add_argument("--processes", type=int, default=1, help="schemes worked at once (1)")
    return parser.parse_args()


def measured(stays: int, processes: int) -> dict[str, Any]:
    """How long the night takes for so many stays, in as many schemes as there are processes."""
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from alongside.duties.models import Duty
    from alongside.duties.operations import work_out
    from alongside.testing.cast import SETTING_UP, assemble

    call_command("migrate", verbosity=0)
    cast = assemble()
    schemes = [cast.mill_house, cast.quay_street][: max(processes, 1)]
    for scheme in schemes:
        fill(scheme, cast.amina, stays // len(schemes))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    first = time.perf_counter()
    for scheme in schemes:
        work_out(scheme, by=SETTING_UP)
    first = time.perf_counter() - first
    took, queries = [], 0
    processor = time.process_time()
    for scheme in schemes:
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            the_next_night(scheme)
        took.append(time.perf_counter() - began)
        queries += len(captured)
    longest, processor = max(took), time.process_time() - processor
    rules = len([rule for rule in cast.mill_house.pack.duties if rule.subject == "stay"])
    return {
        "stays": stays,
        "rules": rules,
        "duties": Duty.objects.count(),
        "first_time_seconds": round(first, 1),
        "night_seconds": round(longest, 1),
        "processor_seconds": round(processor, 1),
        "queries": queries,
        f"seconds_for_{WHOLE}": round(longest * WHOLE / stays, 1),
        "cpus": os.cpu_count(),
    }


def the_next_night(scheme: Any) -> None:
    """The work of the night, a day later."""
    from zoneinfo import ZoneInfo

    import time_machine

    from alongside.duties.operations import work_out
    from alongside.testing.cast import SETTING_UP

    day = scheme.today() + timedelta(days=1)
    at = datetime(day.year, day.month, day.day, 3, tzinfo=ZoneInfo(scheme.time_zone))
    with time_machine.travel(at):
        scheme.__dict__.pop("pack", None)
        work_out(scheme, by=SETTING_UP)


def fill(scheme: Any, worker: Any, many: int) -> None:
    """People who have stayed up to a year, with what a year leaves on file."""
    from django.db import transaction

    from alongside.allocations.models import Allocation
    from alongside.keywork.models import Note, Session
    from alongside.residents.models import Resident
    from alongside.stays.models import Stay

    today: date = scheme.today()
    with transaction.atomic():
        residents = [
            Resident(organisation=scheme.organisation, given_name=f"P{n}", family_name=scheme.slug,
                     name_key=f"p{n} {scheme.slug}")
            for n in range(many)
        ]  # fmt: skip
        Resident.objects.bulk_create(residents, batch_size=2000)
        stays = [
            Stay(resident=one, scheme=scheme, practice=scheme.practice_name,
                 moved_in_on=today - timedelta(days=chance.randint(7, WEEKS * 7)))
            for one in residents
        ]  # fmt: skip
        Stay.objects.bulk_create(stays, batch_size=2000)
        Allocation.objects.bulk_create(
            [
                Allocation(stay=stay, worker=worker, role="key_worker", from_on=stay.moved_in_on,
                           allocated_by=worker)
                for stay in stays
            ],
            batch_size=2000,
        )  # fmt: skip
        notes, sessions = [], []
        for stay in stays:
            for day in weekly(stay.moved_in_on, today):
                if chance.random() < 0.8:
                    at = datetime(day.year, day.month, day.day, 11, tzinfo=scheme.zone)
                    note = Note(stay=stay, kind="session", happened_at=at, text="Talked.",
                                minutes=30, written_by=worker)  # fmt: skip
                    notes.append(note)
                    sessions.append(Session(stay=stay, note=note, held_on=day, held_by=worker,
                                            attendance="came"))  # fmt: skip
        Note.objects.bulk_create(notes, batch_size=2000)
        Session.objects.bulk_create(sessions, batch_size=2000)


def weekly(start: date, end: date) -> list[date]:
    return [start + timedelta(weeks=n) for n in range(((end - start).days // 7) + 1)]


if __name__ == "__main__":
    main()
