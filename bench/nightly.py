"""The night's work over a whole service, timed: `python -m bench.nightly --stays 500`.

It fills a database with people, their sessions of a year and their key worker, works everything
out once on a Sunday, and then times the heaviest night there is: the one to Monday, in which for
everybody a week is over and another begins. It prints JSON: seconds by the clock and of the
processor, queries, and what that comes to for ten thousand stays. One process, one connection.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
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
        from alongside.kit import wall

        with wall.everybody("the night is worked out for a whole installation"):
            print(json.dumps(measured(asked.stays), indent=1))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.nightly", description=__doc__)
    parser.add_argument("--stays", type=int, default=WHOLE)
    return parser.parse_args()


def measured(stays: int) -> dict[str, Any]:
    """How long the night takes for so many stays at one scheme."""
    import time_machine
    from django.db import connection

    from alongside.duties.models import Duty
    from alongside.testing.cast import assemble

    make_tables()
    with time_machine.travel(a_sunday()):
        cast = assemble()
        here = cast.mill_house
        fill(here, cast.amina, stays)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        first = timed(here)
    with time_machine.travel(a_sunday() + timedelta(days=1)):
        here.__dict__.pop("pack", None)
        night = timed(here)
    return {
        "engine": connection.vendor,
        "stays": stays,
        "rules": len([rule for rule in here.pack.duties if rule.subject == "stay"]),
        "duties": Duty.objects.count(),
        "first_time_seconds": first["seconds"],
        "night_seconds": night["seconds"],
        "processor_seconds": night["processor_seconds"],
        "queries": night["queries"],
        f"seconds_for_{WHOLE}": round(night["seconds"] * WHOLE / stays, 1),
        "cpus": os.cpu_count(),
        "load": os.getloadavg()[0],
    }


def timed(scheme: Any) -> dict[str, Any]:
    """The night's work, once."""
    from django.db import connection

    from alongside.duties.operations import work_out
    from alongside.testing.cast import SETTING_UP

    queries = 0

    def counted(execute: Any, *asked: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*asked)

    began, processor = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counted):
        work_out(scheme, by=SETTING_UP)
    return {
        "seconds": round(time.perf_counter() - began, 1),
        "processor_seconds": round(time.process_time() - processor, 1),
        "queries": queries,
    }


def make_tables() -> None:
    """Straight from the models: migrating takes longer than filling them."""
    from django.apps import apps
    from django.core.management import call_command
    from django.test import override_settings

    from tests.tables import add_what_only_migrations_make

    none = {app.label: None for app in apps.get_app_configs()}
    with override_settings(MIGRATION_MODULES=none):
        call_command("migrate", run_syncdb=True, verbosity=0)
    add_what_only_migrations_make()


def a_sunday() -> datetime:
    """At three in the morning of the last Sunday."""
    now = datetime.now(UTC)
    return (now - timedelta(days=now.isoweekday())).replace(hour=3)


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
                     name_key=f"p{n} {scheme.slug}",
                     born_on=today - timedelta(days=chance.randint(18 * 365, 60 * 365)))
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
