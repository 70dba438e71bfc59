"""One referral: taking it, its page, screening, notes, interview, decision, sending it on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.organisation.queries import staff_who_may
from alongside.practice.actions import Action
from alongside.referrals import forms, operations, queries, story
from alongside.referrals.models import COMING, UNDECIDED, Offer, Referral, State
from alongside.referrals.views.frame import referral_page, small_form
from alongside.residents.queries import files_of
from alongside.sheets.reading import parts_of
from alongside.ui.pages import StaffRequest, go, page


@require_http_methods(["GET", "POST"])
def take_referral(request: StaffRequest, scheme: str) -> HttpResponse:
    """Write down a referral, on one page. Earlier files that may be theirs are shown first."""
    here = queries.readable_scheme(request.user, scheme)
    form = forms.TakeReferralForm.from_request(
        request,
        scheme=here,
        reader=request.user,
        initial={"received_on": here.today(), "route": "agency"},
    )
    if made := form.carry_out(operations.take_referral, here, by=request.user):
        return go(request, "referrals:referral", made.pk, says="The referral is written down.")
    context = {"scheme": here, "words": here.pack.terms, "form": form}
    return page(request, "referrals/take_referral.html", context)


@require_POST
def matches(request: StaffRequest, scheme: str) -> HttpResponse:
    """Earlier files like the name and birthday typed so far: a piece of the referral's form."""
    here = queries.readable_scheme(request.user, scheme)
    found = forms.files_like(request.POST, here, request.user)
    chosen = forms.PersonForm(
        choices=forms.person_options(found, request.user),
        initial={"person": request.POST.get("person", "")},
    )
    shown = {"scheme": here, "matches": found, "person": chosen["person"]}
    return page(request, "referrals/matches.html", shown)


@require_safe
def referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Everything about one referral, and what can be done next."""
    found = queries.referral_for(request.user, referral_id)
    told = story.story_of(found)
    rules = queries.open_rules(found) if not found.is_closed() else []
    open_offer = next((offer for offer in told.offers if not offer.ended_on), None)
    decision = told.decision
    context = {
        **referral_page(found),
        "story": told,
        "steps": story.journey(told),
        "moments": story.events(told),
        "rules": rules,
        "fitting": queries.fitting_schemes(found) if rules else [],
        "open_offer": open_offer,
        "ran_out": bool(open_offer and open_offer.has_run_out(found.scheme.today())),
        "may_offer": request.user.may(Action.OFFER_BED, found),
        "untold": bool(
            decision
            and not decision.communicated_on
            and found.state not in (State.MOVED_IN, State.REDIRECTED)
        ),
        "late": queries.is_late(found, found.scheme.today()),
        "days": queries.days_waiting(found, found.scheme.today()),
        "limit": queries.decide_within(found.scheme),
        "asked": _asked(found),
        "same_person": files_of(found.resident),
        "kept": story.kept_until(told),
        "sheets": [
            (interview, sheet, parts_of(sheet, reader=request.user))
            for interview, sheet in told.sheets
        ],
        "doors": _doors(request, found, open_offer),
    }
    return page(request, "referrals/referral.html", context)


@require_http_methods(["GET", "POST"])
def screen_referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    found = queries.referral_for(request.user, referral_id)
    form = forms.ScreenReferralForm.from_request(request, initial={"on": found.scheme.today()})
    return small_form(
        request, found, form, operations.screen_referral,
        title="Screen the referral", button="It can go on",
        lead="You have read the rules against this referral and spoken to whoever sent it.",
        says="The referral is screened.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def add_referral_note(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    found = queries.referral_for(request.user, referral_id)
    form = forms.ReferralNoteForm.from_request(
        request, initial={"happened_on": found.scheme.today()}
    )
    return small_form(
        request, found, form, operations.add_referral_note,
        title="Add a note", button="Save the note",
        lead="What you have learned since, or what has to be put right. What was written before "
        "stays as it is.",
        says="The note is saved.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def hold_interview(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """The interview: who held it, and the questions of the pack."""
    found = queries.referral_for(request.user, referral_id)
    staff = staff_who_may(Action.HOLD_INTERVIEW, found.scheme)
    form = forms.interview_form(found, staff).from_request(
        request,
        initial={"held_on": found.scheme.today(), "interviewers": [str(request.user.pk)]},
    )
    if form.carry_out(operations.hold_interview, found, by=request.user):
        return go(request, "referrals:referral", found.pk, says="The interview is saved.")
    asked = found.scheme.pack.sheet("interview")
    context = {
        **referral_page(found),
        "form": form,
        "asked": asked,
        "parts": [
            (section, [form[question.key] for question in section.questions])
            for section in asked.sections
        ],
    }
    return page(request, "referrals/hold_interview.html", context)


@require_http_methods(["GET", "POST"])
def decide_referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Decide, or decide again. A broken rule stands above the form, with other schemes."""
    found = queries.referral_for(request.user, referral_id)
    rules = queries.open_rules(found)
    may_override = request.user.may(Action.OVERRIDE_RULE, found)
    form = forms.DecideReferralForm.from_request(
        request,
        scheme=found.scheme,
        rules_broken=bool(rules) and may_override,
        initial={"decided_on": found.scheme.today()},
    )
    if form.carry_out(operations.decide_referral, found, by=request.user):
        return go(request, "referrals:referral", found.pk, says="The decision is saved.")
    context = {
        **referral_page(found),
        "form": form,
        "rules": rules,
        "may_override": may_override,
        "fitting": queries.fitting_schemes(found) if rules else [],
        "interviewed": found.state != State.RECEIVED,
    }
    return page(request, "referrals/decide_referral.html", context)


@require_http_methods(["GET", "POST"])
def communicate_decision(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    found = queries.referral_for(request.user, referral_id)
    form = forms.CommunicateDecisionForm.from_request(
        request, initial={"communicated_on": found.scheme.today()}
    )
    return small_form(
        request, found, form, operations.communicate_decision,
        title="Tell them the decision", button="They have been told",
        lead=_to_tell(found),
        says="It is noted that they were told.",
    )  # fmt: skip


def _to_tell(found: Referral) -> str:
    """What was decided, and whom to reach, so that nobody has to look it up to tell them."""
    both = "The person and whoever referred them should both know."
    decision = story.story_of(found).decision
    if decision is None:
        return both
    why = story.reason_of(found, decision)
    said = f"Decided: {decision.get_outcome_display().lower()}" + (f" ({why})." if why else ".")
    names = (found.referrer_agency, found.referrer_name, found.referrer_contact)
    whom = ", ".join(name for name in names if name)
    return f"{said} {both}" + (f" Referred by {whom}." if whom else "")


@require_http_methods(["GET", "POST"])
def redirect_referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Send the referral on to another scheme whose rules the person meets."""
    found = queries.referral_for(request.user, referral_id)
    schemes = queries.fitting_schemes(found)
    form = forms.RedirectReferralForm.from_request(
        request, referral=found, schemes=schemes, initial={"on": found.scheme.today()}
    )
    if form.carry_out(operations.redirect_referral, found, by=request.user):
        return go(request, "referrals:referral", found.pk, says="The referral is sent on.")
    context = {**referral_page(found), "form": form, "schemes": schemes}
    return page(request, "referrals/redirect_referral.html", context)


def _doors(request: StaffRequest, found: Referral, offer: Offer | None) -> list[tuple[str, str]]:
    """What this person can do next with this referral, the likeliest first."""
    offered = [
        (operations.hold_interview, "hold-interview", "Hold the interview", (State.RECEIVED,)),
        (operations.decide_referral, "decide-referral", "Decide", UNDECIDED),
        (operations.hold_interview, "hold-interview", "Hold another interview",
         (State.INTERVIEWED,)),
        (operations.accept_offer, "accept-offer", "They said yes",
         (State.OFFERED,) if offer and not offer.accepted_on else ()),
        (operations.offer_bed, "offer-bed", "Offer a bed", (State.ACCEPTED, State.WAITING)),
        (operations.screen_referral, "screen-referral", "Screen", (State.RECEIVED,)),
        (operations.decide_referral, "decide-referral", "Decide again",
         (State.WAITING, *COMING, State.DECLINED, State.WITHDRAWN, State.DID_NOT_ATTEND)),
        (operations.redirect_referral, "redirect-referral", "Send it on", None),
        (operations.add_referral_note, "add-referral-note", "Add a note", None),
    ]  # fmt: skip
    doors = [
        (says, reverse(f"referrals:{name}", args=[found.pk]))
        for act, name, says, states in offered
        if (states is None or found.state in states)
        and not (name == "screen-referral" and found.screened_on)
        and act.refusal(found, by=request.user) is None  # type: ignore[attr-defined]
    ]
    if found.state in COMING and request.user.may(Action.ADMIT, found):
        begin = ("Begin the admission", reverse("admissions:admit-referral", args=[found.pk]))
        doors.insert(bool(offer and not offer.accepted_on) + (found.state == State.ACCEPTED), begin)
    return doors


def _asked(found: Referral) -> list[tuple[str, object]]:
    """What the referral says, in the words of the pack."""
    lists: Mapping[str, Any] = {
        name: found.scheme.pack.choices(name)
        for name in ("referral_routes", "homelessness_status", "known_risks")
    }
    standing = says(lists["homelessness_status"], found.homelessness)
    risks = ", ".join(says(lists["known_risks"], risk) for risk in found.risks)
    return [
        ("Received", f"{found.received_on:%-d %B %Y}"),
        ("Who asks", says(lists["referral_routes"], found.route)),
        ("Agency", found.referrer_agency),
        ("Name", found.referrer_name),
        ("How to reach them", found.referrer_contact),
        ("Where they stand", ": ".join(filter(None, (standing, found.homelessness_words)))),
        ("Slept last night", found.last_slept),
        ("For how long", found.homeless_for),
        ("How it came", found.causes),
        ("What is asked", found.reason),
        ("Known risks", risks),
        ("To keep everybody safe", found.risk_words),
        ("Consent", _consent(found)),
    ]


def says(choices: Any, key: str) -> str:
    """The words of a choice; the key itself when the list no longer has it."""
    choice = choices.get(key)
    return choice.says if choice else key


def _consent(found: Referral) -> str:
    if found.consent_on:
        return f"Given on {found.consent_on:%-d %B %Y}"
    return f"Not given: {found.no_consent_because}"
