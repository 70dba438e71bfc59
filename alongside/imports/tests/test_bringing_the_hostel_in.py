"""The untidy workbook of a staged hostel, in the database: every total, twice, and mended."""

from __future__ import annotations

from collections import Counter

import pytest
import time_machine
from django.db.models import Sum

from alongside.accommodation.models import Bed, OutOfUse
from alongside.imports.models import ImportedRow, ImportRun
from alongside.imports.tests.hostel import TRACKER
from alongside.imports.tests.houses import THAT_DAY, bring_in, kiln_street
from alongside.imports.tests.test_the_hostel_workbook import mended_tracker
from alongside.keywork.models import Booking, Note, Session
from alongside.organisation.models import Scheme
from alongside.plans.models import PlanAction, WeeklyForm
from alongside.referrals.models import Decision, Referral
from alongside.residents.models import PossibleDuplicate, Resident
from alongside.stages.models import TaskDecision
from alongside.stages.queries import stages_of
from alongside.stays.models import Stay


def figures(scheme: Scheme) -> dict[str, object]:
    """What data/README.md counts, as the database has it."""
    stays = Stay.objects.filter(scheme=scheme)
    notes = Note.objects.filter(stay__scheme=scheme)
    bookings = Booking.objects.filter(stay__scheme=scheme)
    attended = Session.objects.filter(stay__scheme=scheme).count()
    missed, cancelled = (bookings.filter(outcome=o).count() for o in ("missed", "cancelled"))
    people = Resident.objects.filter(stays__scheme=scheme) | Resident.objects.filter(
        referrals__scheme=scheme
    )
    forms = WeeklyForm.objects.filter(stay__scheme=scheme)
    actions = PlanAction.objects.filter(stay__scheme=scheme)
    closed = OutOfUse.objects.filter(bed__scheme=scheme)
    beds = Bed.objects.filter(scheme=scheme)
    return {
        "people": people.distinct().count(),
        "stayed": Resident.objects.filter(stays__scheme=scheme).distinct().count(),
        "stays": stays.count(),
        "open": stays.current().count(),
        "referrals": Referral.objects.filter(scheme=scheme).count(),
        "pairs": PossibleDuplicate.objects.count(),
        "sessions": (attended, missed, cancelled),
        "minutes": notes.aggregate(all=Sum("minutes"))["all"],
        "beds": (
            beds.count(),
            beds.filter(stays__moved_out_on=None, stays__isnull=False).count(),
            closed.filter(reason__startswith="Reserved").count(),
            closed.filter(reason__startswith="OOU").count(),
        ),
        "plans": (
            forms.count(),
            actions.count(),
            actions.filter(when_on__isnull=False).count(),
            actions.exclude(when_words="").count(),
        ),
        "stage rows": ImportedRow.objects.filter(scheme=scheme, kind="stage_sheet").count(),
        "moves": (
            ImportedRow.objects.filter(scheme=scheme, kind="move_on").count(),
            notes.filter(text__contains=": contact made").count(),
            notes.filter(text__contains=": tried, no reply").count(),
            notes.filter(text__startswith="A move is planned").count(),
        ),
    }


FIRST = {
    "people": 96,
    "stayed": 59,
    "stays": 61,
    "open": 25,
    "referrals": 74,
    "pairs": 17,
    "sessions": (554, 162, 67),
    "minutes": 23_560,
    "beds": (28, 25, 1, 1),
    "plans": (147, 486, 181, 214),
    "stage rows": 33,
    "moves": (27, 21, 12, 4),
}
MENDED = {
    **FIRST,
    "people": 97,
    "stayed": 62,
    "stays": 64,
    "sessions": (585, 169, 73),
    "minutes": 24_930,
}


@pytest.fixture
def hostel(cast):
    with time_machine.travel(THAT_DAY, tick=False):
        yield kiln_street(cast)


@pytest.mark.slow
@pytest.mark.req("S1-01")
def test_the_whole_workbook_once_twice_and_mended(hostel) -> None:
    scheme, ruth = hostel

    run = bring_in(scheme, ruth, TRACKER, answered=True)
    assert figures(scheme) == FIRST
    assert (run.to_bring, run.refused) == (972 + 181, 112)
    assert Counter(Decision.objects.values_list("outcome", flat=True)) == {
        "accept": 51, "decline": 10, "did_not_attend": 3, "waiting_list": 7, "withdraw": 3,
    }  # fmt: skip
    assert Counter(TaskDecision.objects.values_list("kind", flat=True)) == {
        "verified": 460 + 36, "lapsed": 22, "not_applicable": 28, "waived": 17,
    }  # fmt: skip
    here = list(Stay.objects.filter(scheme=scheme).current().select_related("scheme"))
    assert Counter(stage.key for stage in stages_of(here).values()) == {
        "stage-1": 8, "stage-2": 3, "stage-3": 3, "stage-4": 4, "legend": 3, "probation": 3,
    }  # fmt: skip

    again = bring_in_nothing(scheme, ruth)
    assert figures(scheme) == FIRST
    assert (again.to_bring, again.count("unchanged"), again.refused) == (0, 1153, 112)

    bring_in(scheme, ruth, TRACKER, mended_tracker())
    assert figures(scheme) == MENDED


def bring_in_nothing(scheme, by) -> ImportRun:
    from alongside.imports.operations import apply_import
    from alongside.imports.tests.houses import bring
    from alongside.kit.refusal import Refused

    run = bring(scheme, by, TRACKER)
    with pytest.raises(Refused, match="nothing in this file to bring in"):
        apply_import(run, by=by)
    return run
