"""The page a worker leaves open all day."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from alongside.audit.actors import System
from alongside.casefile.people import nobody_for
from alongside.duties.operations import work_out
from alongside.duties.queries import is_worked_out
from alongside.organisation.models import Scheme
from alongside.practice.actions import Action
from alongside.today import queries
from alongside.ui.pages import StaffRequest, page

CALENDAR = System("a new day")


@require_safe
def today(request: StaffRequest) -> HttpResponse:
    """My people, what is due, what is overdue, what changed. The first look of a day moves
    the duties on to it, for time is a cause too."""
    scheme = request.chosen_scheme
    if scheme is None:
        return page(request, "today/nowhere.html")
    if not scheme.pack.permits(request.user.roles_at(scheme.pk), Action.READ_FILE):
        return page(request, "today/no_files.html", {"scheme": scheme})
    if not is_worked_out(scheme):
        work_out(scheme, by=CALENDAR)
    everybody = request.GET.get("whose") == "everybody"
    return page(request, "today/today.html", _shown(request, scheme, everybody=everybody))


def _shown(request: StaffRequest, scheme: Scheme, *, everybody: bool) -> dict[str, Any]:
    owed = queries.owed_by(request.user, scheme, everybody=everybody)
    people = queries.my_people(request.user, scheme)
    stages = scheme.pack.stages
    decides = request.user.may(Action.ALLOCATE_KEY_WORKER, scheme)
    return {
        "scheme": scheme,
        "words": scheme.pack.terms,
        "today": scheme.today(),
        "everybody": everybody,
        "owed": owed,
        "overdue": sum(person.overdue for person in owed),
        "due_today": sum(one.urgency == "today" for person in owed for one in person.owed),
        "sessions": queries.my_sessions(request.user, scheme),
        "people": [(stay, stages.get(getattr(stay, "stage_key", "") or "")) for stay in people],
        "most": scheme.pack.limit("caseload_most").number,
        "changes": queries.changes(request.user, scheme, mine=bool(people) and not everybody),
        "nobody_for": list(nobody_for(scheme)[:10]) if decides else [],
    }
