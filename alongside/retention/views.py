"""Whose time is over, and what is decided about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.organisation.models import Scheme, Staff
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.referrals.models import Referral
from alongside.referrals.queries import referral_for
from alongside.retention import forms, leavers, operations, queries
from alongside.retention.models import Deciding, StaffErasure
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, page, refused
from alongside.ui.paging import Link, paged, with_

OF_A_LEAVER = (
    "What is about them and nobody else goes, for good: how they signed in and were reached, their "
    "photo, why they were away, what was written about their work. Their name and the roles they "
    "had stay, for they stand on records that they wrote and signed."
)
KINDS = {
    "files": "Moved out",
    "referrals": "Referred and never came",
    "staff-due": "Left the team, time over",
    "staff": "Left the team",
}


@require_safe
def queue(request: StaffRequest, scheme: str) -> HttpResponse:
    """Files whose time is over, those who left the team, and every erasure that was asked for."""
    here = scheme_for(request.user, scheme, needs=Action.PROPOSE_ERASURE)
    waiting = queries.waiting_at(here)
    kind = request.GET.get("show", "")
    if kind not in KINDS:  # Where somebody waits for an answer opens first.
        kind = next((one for one, many in waiting.items() if many), "files")
    due: dict[str, Any] = {
        "referrals": queries.referrals_due, "staff": leavers.leavers_of,
        "staff-due": leavers.leavers_due,
    }  # fmt: skip
    about_staff = kind.startswith("staff")
    asked = leavers.erasures_of_leavers(here) if about_staff else queries.erasures_at(here)
    rules = list(here.pack.retention)
    shown = {
        "page_title": "Keeping records",
        "scheme": here,
        "show": [
            Link(
                f"{says} ({waiting[key]} to decide)" if waiting.get(key) else says,
                with_(request.GET, page=None, show=key),
                key == kind,
            )
            for key, says in KINDS.items()
        ],
        "kind": kind,
        "about_staff": about_staff,
        "due": paged(request, due.get(kind, queries.due_for_review)(here), size=20),
        "erasures": [
            (one, operations.may_answer(one, request.user)) for one in _at(here, asked[:30])
        ],
        "rules": rules,
    }
    return page(request, "retention/queue.html", shown)


def _at(here: Scheme, asked: Iterable[Deciding]) -> Iterator[Deciding]:
    for one in asked:
        one.scheme = here
        yield one


@require_safe
def keeping(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """How long one person's file is kept, and what stands in the way of erasing it."""
    stay = stay_for(request.user, stay_id, needs=Action.PROPOSE_ERASURE)
    shown = {
        **person_page(stay, section="keeping"),
        "page_title": "Keeping",
        **_state(request, stay.scheme, queries.kept(stay)),
        "cannot_hold": operations.set_hold.refusal(stay, by=request.user),
    }
    return page(request, "retention/keeping.html", shown)


@require_safe
def referral_keeping(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """How long what is known of somebody who was referred is kept."""
    referral = _referral(request, referral_id, Action.PROPOSE_ERASURE)
    state = queries.kept_referral(referral)
    shown = {
        "page_title": f"{referral.resident.name}: keeping",
        "referral": referral,
        **_state(request, referral.scheme, state),
        "cannot_hold": operations.hold_referral.refusal(referral, by=request.user),
    }
    return page(request, "retention/referral.html", shown)


@require_http_methods(["GET", "POST"])
def hold_referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Hold what is known of somebody who was referred."""
    referral = _referral(request, referral_id, Action.DECIDE_ERASURE)
    form = forms.ReasonForm.from_request(request)
    return _ask_of_referral(request, referral, form, operations.hold_referral, referral,
                            title="Hold this file")  # fmt: skip


@require_http_methods(["GET", "POST"])
def propose_of_referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Ask that everything about somebody who never came be erased."""
    referral = _referral(request, referral_id, Action.PROPOSE_ERASURE)
    form = forms.SureForm.from_request(request)
    return _ask_of_referral(
        request, referral, form, operations.propose_erasure_of_referral, referral,
        title="Ask that this is erased", button="Ask",
        intro="Somebody else decides. Everything written about this person would go, for good.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def hold(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Hold a file."""
    stay = stay_for(request.user, stay_id, needs=Action.DECIDE_ERASURE)
    form = forms.ReasonForm.from_request(request)
    return _ask(request, stay, form, operations.set_hold, stay, title="Hold this file")


@require_http_methods(["GET", "POST"])
def end_hold(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End a hold."""
    found = queries.hold_for(request.user, pk)
    stay = queries.last_stay_of(found.resident_id)
    form = forms.ReasonForm.from_request(request)
    if stay is None and (referral := queries.last_referral_of(found.resident_id)):
        return _ask_of_referral(request, referral, form, operations.end_hold, found,
                                title="End the hold")  # fmt: skip
    return _ask(request, stay, form, operations.end_hold, found, title="End the hold")


@require_http_methods(["GET", "POST"])
def propose(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Ask that a file be erased."""
    stay = stay_for(request.user, stay_id, needs=Action.PROPOSE_ERASURE)
    form = forms.SureForm.from_request(request)
    return _ask(
        request, stay, form, operations.propose_erasure, stay, title="Ask that this file be erased",
        intro="Somebody else decides. Everything written about this person would go, for good.",
        button="Ask",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The second person erases the file, for good."""
    found = queries.erasure_for(request.user, pk)
    _may_decide(request, found)
    form = forms.SureForm.from_request(request)
    return _answer(
        request, found, form, operations.erase, title="Erase this file",
        intro="Everything written about this person goes from every table, for good. Backups made"
        " before run out; if one is put back, the erasure is repeated.",
        button="Erase it", grave=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def keep(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The second person keeps the file, with the reason."""
    found = queries.erasure_for(request.user, pk)
    _may_decide(request, found)
    form = forms.KeepForm.from_request(request)
    return _answer(request, found, form, operations.keep_longer, title="Keep it longer")


@require_safe
def leaver_keeping(request: StaffRequest, scheme: str, leaver_id: UUID) -> HttpResponse:
    """How long what is personal of somebody who worked here is kept."""
    here = scheme_for(request.user, scheme, needs=Action.PROPOSE_ERASURE)
    leaver = leavers.leaver_for(here, leaver_id)
    state = leavers.kept_of(here, leaver)
    shown = {
        "page_title": f"{leaver.name}: keeping",
        "here": here,
        "leaver": leaver,
        **_state(request, here, state),
        "decides": request.user.may(Action.DECIDE_ERASURE, here),
    }
    return page(request, "retention/leaver.html", shown)


@require_http_methods(["GET", "POST"])
def hold_leaver(request: StaffRequest, scheme: str, leaver_id: UUID) -> HttpResponse:
    """Hold what is kept of somebody who worked here."""
    here = scheme_for(request.user, scheme, needs=Action.DECIDE_ERASURE)
    leaver = leavers.leaver_for(here, leaver_id)
    form = forms.ReasonForm.from_request(request)
    act = partial(leavers.hold_leaver, staff=leaver)
    return _ask_of_leaver(request, (here, leaver), form, act, here, title="Hold this record")


@require_http_methods(["GET", "POST"])
def propose_of_leaver(request: StaffRequest, scheme: str, leaver_id: UUID) -> HttpResponse:
    """Ask that what is personal of somebody who worked here be erased."""
    here = scheme_for(request.user, scheme, needs=Action.PROPOSE_ERASURE)
    leaver = leavers.leaver_for(here, leaver_id)
    form = forms.SureForm.from_request(request)
    act = partial(leavers.propose_of_leaver, staff=leaver)
    return _ask_of_leaver(
        request, (here, leaver), form, act, here, title="Ask that this is erased", button="Ask",
        intro=OF_A_LEAVER,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end_leaver_hold(request: StaffRequest, staff_hold_id: UUID) -> HttpResponse:
    """End a hold on what is kept of somebody who worked here."""
    found = leavers.leaver_hold_for(request.user, staff_hold_id)
    _may_decide(request, found)
    form = forms.ReasonForm.from_request(request)
    return _ask_of_leaver(
        request, (found.scheme, found.staff), form, leavers.end_leaver_hold, found,
        title="End the hold",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def answer_of_leaver(request: StaffRequest, staff_erasure_id: UUID) -> HttpResponse:
    """The second person erases what is personal of somebody who worked here."""
    found = leavers.leaver_erasure_for(request.user, staff_erasure_id)
    _may_decide(request, found)
    form = forms.SureForm.from_request(request)
    return _answer(
        request, found, form, leavers.erase_leaver, title="Erase this record", intro=OF_A_LEAVER,
        button="Erase it", grave=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def keep_leaver(request: StaffRequest, staff_erasure_id: UUID) -> HttpResponse:
    """The second person keeps it, with the reason."""
    found = leavers.leaver_erasure_for(request.user, staff_erasure_id)
    _may_decide(request, found)
    form = forms.KeepForm.from_request(request)
    return _answer(request, found, form, leavers.keep_leaver_longer, title="Keep it longer")


def _ask_of_leaver(
    request: StaffRequest, about: tuple[Scheme, Staff], form: Any, act: Any, subject: Any, *,
    title: str, **more: Any,
) -> HttpResponse:  # fmt: skip
    here, leaver = about
    then = ("retention:leaver-keeping", here.slug, leaver.pk)
    shown = {
        "page_title": title, "back_url": reverse(then[0], args=then[1:]), "name": leaver.name,
        "who": "who worked here.", **more,
    }  # fmt: skip
    return ask(
        request, form, act, subject, then=then, says="Recorded.",
        template="retention/ask_of_referral.html", shown=shown,
    )  # fmt: skip


def _referral(request: StaffRequest, referral_id: UUID, needs: Action) -> Referral:
    found = referral_for(request.user, referral_id)
    if not request.user.may(needs, found):
        raise PermissionDenied
    return found


def _ask_of_referral(
    request: StaffRequest, referral: Referral, form: Any, act: Any, subject: Any, *, title: str,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    then = ("retention:referral-keeping", referral.pk)
    shown = {
        "page_title": title, "back_url": reverse(then[0], args=then[1:]),
        "name": referral.resident.name, **more,
    }  # fmt: skip
    return ask(
        request, form, act, subject, then=then, says="Recorded.",
        template="retention/ask_of_referral.html", shown=shown,
    )  # fmt: skip


def _state(request: StaffRequest, here: Scheme, state: Any) -> dict[str, Any]:
    """How long it is kept, whether that is over, and whether this person answers what is asked."""
    if state.asked:
        state.asked.scheme = here
    return {
        "kept": state,
        "over": state.is_over(here.today()),
        "answers": bool(state.asked) and operations.may_answer(state.asked, request.user),
        "asked_myself": bool(state.asked) and state.asked.asked_by_id == request.user.pk,
    }


def _may_decide(request: StaffRequest, found: Any) -> None:
    if not request.user.may(Action.DECIDE_ERASURE, found):
        raise PermissionDenied


def _answer(
    request: StaffRequest, found: Any, form: Any, act: Any, *, title: str, **more: Any
) -> HttpResponse:
    of_leaver = isinstance(found, StaffErasure)
    cannot = operations.asked_by_oneself(found, request.user)
    if request.method == "GET":
        cannot = cannot or operations.already_answered(found)
    if cannot:
        return refused(request, cannot)
    back = reverse("retention:queue", args=[found.scheme.slug])
    back += "?show=staff-due" if of_leaver else "?show=files"
    name = found.staff.name if of_leaver else queries.name_of(found.resident_id)
    shown = {"page_title": title, "back_url": back, "erasure": found, "name": name, **more}
    return ask(
        request, form, act, found, then=(back,), says="Decided.",
        template="retention/answer.html", shown=shown,
    )  # fmt: skip


def _ask(
    request: StaffRequest, stay: Any, form: Any, act: Any, subject: Any, *, title: str, **more: Any
) -> HttpResponse:
    shown = {
        **person_page(stay, section="keeping"),
        "page_title": title,
        "back_url": reverse("retention:keeping", args=[stay.pk]),
        **more,
    }
    return ask(
        request, form, act, subject, then=("retention:keeping", stay.pk), says="Recorded.",
        template="stays/ask.html", shown=shown,
    )  # fmt: skip
