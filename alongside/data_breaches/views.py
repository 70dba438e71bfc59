"""The register of data breaches, one breach, and what is written about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from alongside.data_breaches import forms, operations, queries
from alongside.data_breaches.models import Account, DataBreach, Whom
from alongside.kit import clock
from alongside.organisation.queries import scheme_for, staff_at
from alongside.practice.actions import Action
from alongside.ui.forms import OperationForm
from alongside.ui.pages import StaffRequest, ask, page
from alongside.ui.paging import choices, paged

NEEDS = Action.KEEP_DATA_BREACHES


@require_safe
def register(request: StaffRequest, scheme: str) -> HttpResponse:
    """Every breach here, the open ones first."""
    here = scheme_for(request.user, scheme, needs=NEEDS)
    closed = request.GET.get("show") == "closed"
    shown = {
        "page_title": "Data breaches",
        "here": here,
        "show": choices(request, "show", {"closed": "Closed"}, everything="Open"),
        "breaches": paged(request, queries.register_of(here, request.user, closed=closed), size=20),
        "closed": closed,
    }
    return page(request, "data_breaches/register.html", shown)


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, scheme: str) -> HttpResponse:
    """Write a breach into the register."""
    here = scheme_for(request.user, scheme, needs=NEEDS)
    form = forms.BreachForm.from_request(
        request,
        scheme=here,
        colleagues=staff_at(here),
        people=queries.people_here(here, request.user),
        initial={"aware_at": _now(), "known_by": str(request.user.pk)},
    )
    back = ("data_breaches:register", here.slug)
    return _ask(request, form, _known(operations.record_breach), here, back,
                title="Write down a data breach", says="It is in the register.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def report(request: StaffRequest, scheme: str) -> HttpResponse:
    """Report a breach, as anybody may who works here; and what one has reported."""
    here = scheme_for(request.user, scheme)
    reads = request.user.may(Action.READ_FILE, here)
    form = forms.ReportForm.from_request(
        request,
        scheme=here,
        colleagues=staff_at(here),
        people=queries.people_here(here, request.user) if reads else [],
        reads=reads,
        initial={
            "aware_at": _now(),
            "known_by": str(request.user.pk),
            "people": request.GET.getlist("of"),
        },
    )
    shown = {
        "page_title": "Report a data breach",
        "here": here,
        "keeps": request.user.may(NEEDS, here),
        "elsewhere": queries.owed_elsewhere(request.user, here).select_related("scheme")[:20],
        "reported": paged(request, queries.reported_by(request.user, here), size=10),
    }
    return ask(
        request, form, _known(operations.report_breach), here,
        then=("data_breaches:report", here.slug), template="data_breaches/report.html",
        says="Thank you. It is in the register, and those who keep it are told.", shown=shown,
    )  # fmt: skip


@require_safe
def one(request: StaffRequest, data_breach_id: UUID) -> HttpResponse:
    """One breach: what is known, its clocks, who was told, and how it ended."""
    breach = queries.breach_for(request.user, data_breach_id)
    account, *earlier = queries.accounts_of(breach)
    closings = queries.closings_of(breach)
    shown = {
        "page_title": _called(account),
        "breach": breach,
        "account": account,
        "earlier": earlier,
        "people": queries.people_of(account, request.user),
        "clocks": queries.clocks_of(breach, account),
        "closings": closings,
        "is_closed": any(each.reopened_at is None for each in closings),
    }
    return page(request, "data_breaches/one.html", shown)


@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, data_breach_id: UUID) -> HttpResponse:
    """Put right what is known."""
    breach = queries.breach_for(request.user, data_breach_id)
    account = queries.accounts_of(breach)[0]
    form = forms.CorrectionForm.from_request(
        request,
        scheme=breach.scheme,
        colleagues=staff_at(breach.scheme),
        people=queries.people_here(breach.scheme, request.user, also=account),
        initial=forms.as_known(account),
    )
    return _about(request, form, _known(operations.correct_breach), breach,
                  title="Put right what is known", says="It is put right.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def tell(request: StaffRequest, data_breach_id: UUID, whom: str) -> HttpResponse:
    """Write down that somebody was told."""
    breach, named = queries.breach_for(request.user, data_breach_id), _whom(whom)
    bodies = [each.says for each in breach.scheme.pack.choices("data_breach_bodies")]
    first = bodies[0] if bodies and named is Whom.REGULATOR else "Everybody it is about"
    form = forms.TellForm.from_request(request, initial={"told_at": _now(), "body": first})
    return _about(request, form, _of(operations.tell, named), breach,
                  title=f"Tell {named.label}",
                  intro=_which(breach), says="It is written down.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def leave(request: StaffRequest, data_breach_id: UUID, whom: str) -> HttpResponse:
    """Decide that somebody is not told."""
    breach, named = queries.breach_for(request.user, data_breach_id), _whom(whom)
    form = forms.BecauseForm.from_request(request)
    return _about(request, form, _of(operations.leave_untold, named), breach,
                  title=f"Do not tell {named.label}",
                  intro=f"{_which(breach)} Your name and the reason stand in the register.",
                  says="The decision is written down.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, data_breach_id: UUID) -> HttpResponse:
    """Close a breach with what was learned."""
    breach = queries.breach_for(request.user, data_breach_id)
    form = forms.CloseForm.from_request(request)
    return _about(request, form, operations.close_breach, breach,
                  title="Close this breach",
                  intro=_which(breach), says="It is closed.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def reopen(request: StaffRequest, data_breach_id: UUID) -> HttpResponse:
    """Open a closed breach again."""
    breach = queries.breach_for(request.user, data_breach_id)
    form = forms.BecauseForm.from_request(request)
    return _about(request, form, operations.reopen_breach, breach,
                  title="Open it again",
                  intro=_which(breach), says="It is open again.")  # fmt: skip


def _called(account: Account) -> str:
    return f"{account.kind_says}, known since {localtime(account.aware_at):%-d %B %Y}"


def _which(breach: DataBreach) -> str:
    return f"{_called(queries.accounts_of(breach)[0])}."


def _now() -> Any:
    return localtime(clock.now()).replace(second=0, microsecond=0)


def _whom(whom: str) -> Whom:
    if whom not in Whom:
        raise Http404
    return Whom(whom)


def _of(act: Callable[..., object], whom: Whom) -> Callable[..., object]:
    """The same act, of one of the two who may have to be told."""

    def about(breach: DataBreach, **said: Any) -> object:
        return act(breach, whom=whom, **said)

    return about


KNOWN = frozenset(one.name for one in fields(operations.Known))


def _known(act: Callable[..., object]) -> Callable[..., object]:
    """The same act, with everything that the form asked of what is known put together."""

    def about(subject: Any, **said: Any) -> object:
        known = operations.Known(**{name: said.pop(name) for name in KNOWN & said.keys()})
        return act(subject, known=known, **said)

    return about


def _about(
    request: StaffRequest, form: OperationForm, act: Callable[..., object], breach: DataBreach,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    return _ask(request, form, act, breach, ("data_breaches:one", breach.pk), **more)


def _ask(
    request: StaffRequest, form: OperationForm, act: Callable[..., object], subject: Any,
    then: tuple[Any, ...], *, title: str, says: str, **more: Any,
) -> HttpResponse:  # fmt: skip
    shown = {"page_title": title, "back_url": reverse(then[0], args=then[1:]), **more}
    return ask(
        request, form, act, subject, then=then, says=says, template="data_breaches/ask.html",
        shown=shown,
    )  # fmt: skip
