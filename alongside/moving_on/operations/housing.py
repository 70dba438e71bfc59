"""Looking for a home: providers, applications, evidence and rating, viewings, offers."""

from __future__ import annotations

from datetime import date, datetime

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.moving_on.models import (
    Application,
    EvidenceAsked,
    Offer,
    Provider,
    RatingEntry,
    SearchEntry,
    Viewing,
)
from alongside.moving_on.operations.checks import (
    require_listed,
    require_past,
    require_reason,
    require_words,
    stay_has_ended,
)
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay


@operation("provider.listed", needs=Action.PLAN_MOVE_ON)
def list_provider(
    scheme: Scheme,
    *,
    by: Staff,
    name: str,
    kind: str,
    contact: str = "",
    phone: str = "",
    email: str = "",
    words: str = "",
) -> Provider:
    """Put somebody who lets homes on the scheme's list.

    Refused when the name is empty, or on the list already.
    """
    require_listed(scheme, "housing_provider_kinds", kind, field="kind")
    return Provider.objects.create(
        scheme=scheme,
        name=require_words(name, field="name"),
        kind=kind,
        contact=contact,
        phone=phone,
        email=email,
        words=words,
        recorded_by=by,
    )


def provider_is_off(provider: Provider) -> Refused | None:
    """A provider is taken off once."""
    if provider.ended_on is None:
        return None
    return Refused("This provider is off the list.", instead="Put them on again if they let again.")


@operation("provider.removed", needs=Action.PLAN_MOVE_ON, unless=provider_is_off)
def remove_provider(provider: Provider, *, by: Staff) -> Provider:
    """Take a provider off the list; what was recorded with them stays."""
    provider.ended_on, provider.ended_by = provider.scheme.today(), by
    provider.save(update_fields=["ended_on", "ended_by"])
    return provider


@operation("housing.applied_for", needs=Action.PLAN_MOVE_ON, unless=stay_has_ended)
def apply_for_home(
    stay: Stay,
    *,
    by: Staff,
    kind: str,
    where: str,
    applied_on: date,
    provider: Provider | None = None,
    reference: str = "",
    their_choice: bool = True,
) -> Application:
    """Record that somebody asked for a home: on a register, or of a provider.

    `kind` is a key of the list `housing_applications`; `their_choice` says whether they
    themselves want this one.

    Refused for a day to come, and for a provider of another scheme.
    """
    require_listed(stay.scheme, "housing_applications", kind, field="kind")
    require_past(stay.scheme, applied_on, field="applied_on")
    if provider and provider.scheme_id != stay.scheme_id:
        raise Refused(
            "That provider is not on this list.", instead="Choose one that is.", field="provider"
        )
    return Application.objects.create(
        stay=stay,
        kind=kind,
        where=require_words(where or (provider.name if provider else ""), field="where"),
        provider=provider,
        applied_on=applied_on,
        reference=reference,
        their_choice=their_choice,
        recorded_by=by,
    )


def application_has_ended(application: Application) -> Refused | None:
    """Nothing more is recorded once there is a result."""
    if application.ended_on is None:
        return None
    return Refused("This application has ended.", instead="Record a new one.")


@operation("housing.application_ended", needs=Action.PLAN_MOVE_ON, unless=application_has_ended)
def end_application(
    application: Application, *, by: Staff, result: str, ended_on: date, words: str = ""
) -> Application:
    """Record what came of an application; a key of the list `application_results`."""
    require_listed(application.scheme, "application_results", result, field="result")
    require_past(application.scheme, ended_on, field="ended_on")
    if application.scheme.pack.choices("application_results")[result].needs_text:
        require_words(words, field="words")
    application.result, application.result_words = result, words
    application.ended_on, application.ended_by = ended_on, by
    application.save(update_fields=["result", "result_words", "ended_on", "ended_by"])
    return application


@operation("housing.rated", needs=Action.PLAN_MOVE_ON, unless=application_has_ended)
def rate_application(
    application: Application, *, by: Staff, rating: str, rated_on: date, words: str = ""
) -> RatingEntry:
    """Record the rating or points on the register since a day. Earlier ones are kept."""
    require_past(application.scheme, rated_on, field="rated_on")
    return RatingEntry.objects.create(
        application=application,
        rating=require_words(rating, field="rating"),
        rated_on=rated_on,
        words=words,
        recorded_by=by,
    )


@operation("housing.evidence_asked", needs=Action.PLAN_MOVE_ON, unless=application_has_ended)
def ask_for_evidence(
    application: Application, *, by: Staff, what: str, asked_on: date
) -> EvidenceAsked:
    """Record which paper an application lacks."""
    require_past(application.scheme, asked_on, field="asked_on")
    return EvidenceAsked.objects.create(
        application=application,
        what=require_words(what, field="what"),
        asked_on=asked_on,
        recorded_by=by,
    )


def evidence_is_sent(evidence: EvidenceAsked) -> Refused | None:
    """A paper is sent once."""
    if evidence.sent_on is None:
        return None
    return Refused("This was sent already.", instead="Ask for it again if it was lost.")


@operation("housing.evidence_sent", needs=Action.PLAN_MOVE_ON, unless=evidence_is_sent)
def send_evidence(evidence: EvidenceAsked, *, by: Staff, sent_on: date) -> EvidenceAsked:
    """Record that a missing paper was sent."""
    require_past(evidence.scheme, sent_on, field="sent_on")
    evidence.sent_on, evidence.sent_by = sent_on, by
    evidence.save(update_fields=["sent_on", "sent_by"])
    return evidence


@operation("viewing.planned", needs=Action.PLAN_MOVE_ON, unless=stay_has_ended)
def plan_viewing(
    stay: Stay,
    *,
    by: Staff,
    address: str,
    starts_at: datetime,
    landlord: str = "",
    accompanied_by: Staff | None = None,
    alone_words: str = "",
    application: Application | None = None,
) -> Viewing:
    """Plan to see a home. `accompanied_by` goes along; `alone_words` says why nobody does.

    Refused without an address, with an application of somebody else, or with somebody who does
    not work here.
    """
    if application and application.stay_id != stay.pk:
        raise Refused("That is on another file.", instead="Choose one here.", field="application")
    if accompanied_by and stay.scheme_id not in accompanied_by.scheme_ids():
        raise Refused(
            f"{accompanied_by} does not work here.",
            instead="Choose somebody who does.",
            field="accompanied_by",
        )
    return Viewing.objects.create(
        stay=stay,
        address=require_words(address, field="address"),
        landlord=landlord,
        starts_at=starts_at,
        accompanied_by=accompanied_by,
        alone_words="" if accompanied_by else alone_words,
        application=application,
        recorded_by=by,
    )


def viewing_has_a_result(viewing: Viewing) -> Refused | None:
    """Once it is known how it went there is nothing to prepare."""
    if not viewing.result:
        return None
    return Refused("How it went is recorded.", instead="Plan another viewing if there is one.")


@operation("viewing.coached", needs=Action.PLAN_MOVE_ON, unless=viewing_has_a_result)
def coach_for_viewing(viewing: Viewing, *, by: Staff, coached_on: date, words: str) -> Viewing:
    """Record the talk beforehand about how to meet a landlord.

    Refused for a day to come, and for a day after the viewing.
    """
    require_past(viewing.scheme, coached_on, field="coached_on")
    if coached_on > viewing.starts_at.astimezone(viewing.scheme.zone).date():
        raise Refused("That is after the viewing.", instead="Check the date.", field="coached_on")
    viewing.coached_on, viewing.coached_by = coached_on, by
    viewing.coaching_words = require_words(words, field="words")
    viewing.save(update_fields=["coached_on", "coached_by", "coaching_words"])
    return viewing


@operation("viewing.recorded", needs=Action.PLAN_MOVE_ON, unless=viewing_has_a_result)
def record_viewing(
    viewing: Viewing, *, by: Staff, result: str, their_view: str = "", landlord_says: str = ""
) -> Viewing:
    """Record how a viewing went: a key of the list `viewing_results`, what they think of it,
    and what the landlord said.

    Refused before it has begun.
    """
    require_listed(viewing.scheme, "viewing_results", result, field="result")
    if viewing.starts_at > clock.now():
        raise Refused(
            "The viewing has not begun yet.", instead="Record it once it has.", field="result"
        )
    viewing.result, viewing.their_view = result, their_view
    viewing.landlord_says = landlord_says
    viewing.recorded_result_on, viewing.result_by = viewing.scheme.today(), by
    viewing.save(
        update_fields=[
            "result", "their_view", "landlord_says", "recorded_result_on", "result_by",
        ]
    )  # fmt: skip
    return viewing


@operation("offer_of_home.recorded", needs=Action.PLAN_MOVE_ON, unless=stay_has_ended)
def record_offer(
    stay: Stay,
    *,
    by: Staff,
    address: str,
    offered_on: date,
    landlord: str = "",
    answer_by: date | None = None,
    viewing: Viewing | None = None,
) -> Offer:
    """Record that somebody was offered a home, and by when they must answer."""
    require_past(stay.scheme, offered_on, field="offered_on")
    if answer_by and answer_by < offered_on:
        raise Refused(
            "The answer cannot be due before the offer.",
            instead="Check both days.",
            field="answer_by",
        )
    return Offer.objects.create(
        stay=stay,
        address=require_words(address, field="address"),
        landlord=landlord,
        offered_on=offered_on,
        answer_by=answer_by,
        viewing=viewing,
        recorded_by=by,
    )


def offer_is_answered(offer: Offer) -> Refused | None:
    """An offer is answered once."""
    if not offer.answer:
        return None
    return Refused("This offer is answered.", instead="Record a new offer if there is one.")


@operation("offer_of_home.answered", needs=Action.PLAN_MOVE_ON, unless=offer_is_answered)
def answer_offer(
    offer: Offer, *, by: Staff, answer: str, answered_on: date, reason: str = "", words: str = ""
) -> Offer:
    """Record the answer: accepted, refused by them with a reason, or taken back by the landlord.

    `reason` is a key of the list `offer_refused`, and the person's own.
    """
    if answer not in Offer.Answer.values:
        raise Refused("That is not an answer.", instead="Choose one of the three.", field="answer")
    require_past(offer.scheme, answered_on, field="answered_on")
    refused = answer == Offer.Answer.REFUSED
    if refused:
        require_reason(offer.scheme, "offer_refused", reason, words, words_in="words")
    offer.answer, offer.reason, offer.words = answer, reason if refused else "", words
    offer.answered_on, offer.answered_by = answered_on, by
    offer.save(update_fields=["answer", "reason", "words", "answered_on", "answered_by"])
    return offer


@operation("home.searched_for", needs=Action.PLAN_MOVE_ON, unless=stay_has_ended)
def record_search(
    stay: Stay, *, by: Staff, searched_on: date, where: str, found: str
) -> SearchEntry:
    """Record where somebody looked for a home, and what was found.

    Source: Key Working, Project Workers.
    """
    require_past(stay.scheme, searched_on, field="searched_on")
    return SearchEntry.objects.create(
        stay=stay,
        searched_on=searched_on,
        where=require_words(where, field="where"),
        found=require_words(found, field="found"),
        recorded_by=by,
    )
