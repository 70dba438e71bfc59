"""The floor: the same rows from the same tables, by bare Django views and plain templates.

No journal, no duties, no navigation, no components: what is left when a page has nothing to say
but its rows. Signing in and CSRF stay, as nobody serves such pages without them.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from alongside.allocations.models import Allocation
from alongside.assessments.queries import latest_completed
from alongside.casefile.people import with_key_facts
from alongside.duties.models import Duty
from alongside.keywork.models import Booking, Note
from alongside.moments.models import Moment
from alongside.moments.search import search as found_by
from alongside.organisation.models import Scheme
from alongside.reports.month import Month
from alongside.reports.queries import monthly_figures
from alongside.residents.names import name_key
from alongside.stays.models import Stay


def _rows(request: HttpRequest, title: str, rows: Any) -> HttpResponse:
    return render(request, "floor/rows.html", {"title": title, "rows": rows})


def casefile(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """One person, the latest twenty lines of how many, and the first look beside them."""
    stay = Stay.objects.select_related("resident", "bed", "scheme").get(pk=stay_id)
    every = Moment.objects.filter(resident_id=stay.resident_id)
    rows: list[Any] = [(m.happened_at, m.title, m.text) for m in every.latest_first()[:20]]
    now, today = timezone.now(), stay.scheme.today()
    booked = Booking.objects.open().filter(stay=stay, starts_at__gte=now).select_related("worker")
    rows += [(b.starts_at, b.worker.name, "") for b in booked.order_by("starts_at")[:1]]
    owed = Duty.objects.filter(stay=stay).outstanding(today).order_by("due_on")[:8]
    rows += [(d.due_on, d.says, d.why) for d in owed]
    held = Allocation.objects.filter(stay=stay, until_on=None).select_related("worker")
    rows += [(a.role, a.worker.name, a.from_on) for a in held]
    before = Stay.objects.filter(resident_id=stay.resident_id).select_related("scheme")
    rows += [(s.scheme.name, s.moved_in_on, s.moved_out_on) for s in before[:10]]
    rows.append((every.count(), latest_completed(stay), ""))
    return _rows(request, str(stay.resident), rows)


def caseload(request: HttpRequest, scheme_id: UUID) -> HttpResponse:
    """Fifty people with key worker, stage, next session and what is overdue."""
    stays = Stay.objects.select_related("resident", "bed").filter(scheme=scheme_id).current()
    found: Any = with_key_facts(stays, on=timezone.localdate()).order_by("resident__name_key")[:50]
    rows = [
        (s.resident.name, s.bed, s.stage_key, s.worker_name, s.next_session, s.overdue)
        for s in found
    ]
    return _rows(request, "Caseload", rows)


def note(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """Save one row."""
    Note.objects.create(
        stay_id=stay_id, kind="informal", text=request.POST["text"],
        happened_at=timezone.now(), written_by_id=request.user.pk,
    )  # fmt: skip
    return HttpResponseRedirect("/")


def search(request: HttpRequest) -> HttpResponse:
    """The people whose name holds the word, and the latest twenty lines that hold it."""
    words = request.GET["q"]
    named = Stay.objects.select_related("resident", "bed", "scheme")
    people = named.filter(resident__name_key__contains=name_key(words))
    rows: list[Any] = [
        (s.resident.name, s.bed, s.scheme.name)
        for s in people.order_by("moved_out_on", "resident__name_key")[:10]
    ]
    found: Any = found_by(words, viewer=request.user).select_related("resident")[:20]  # type: ignore[arg-type]
    rows += [(m.resident.name, m.title, m.text) for m in found]
    return _rows(request, "Found", rows)


def today(request: HttpRequest, scheme_id: UUID) -> HttpResponse:
    """What is owed, and the people it is owed to."""
    scheme = Scheme.objects.get(pk=scheme_id)
    duties = Duty.objects.for_list().filter(scheme=scheme).outstanding(scheme.today())
    rows: list[Any] = [
        (d.stay.resident.name if d.stay else "", d.says, d.due_on, d.why)
        for d in duties.order_by("due_on")[:200]
    ]
    stays = Stay.objects.select_related("resident", "bed").filter(scheme=scheme_id).current()
    found: Any = with_key_facts(stays, on=scheme.today()).order_by("resident__name_key")[:50]
    rows += [(s.resident.name, s.stage_key, s.next_session, s.overdue) for s in found]
    return _rows(request, "Today", rows)


def month(request: HttpRequest, scheme_id: UUID) -> HttpResponse:
    """The same counts, as plain rows."""
    scheme = Scheme.objects.get(pk=scheme_id)
    groups = monthly_figures(scheme, Month.of(timezone.localdate(), scheme.zone))
    return _rows(request, "Month", [(each.says, each.number) for g in groups for each in g.figures])
