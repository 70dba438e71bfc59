"""One referral told from its records: the steps it has taken, and everything that happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from alongside.kit.durations import Duration
from alongside.practice.rules import Retention
from alongside.referrals.models import (
    Decision,
    Interview,
    Offer,
    Outcome,
    Referral,
    ReferralNote,
    RuleOverride,
)
from alongside.sheets.models import Sheet

KEPT_UNDER = "referral_declined"
TONES = {
    Outcome.ACCEPT: "good",
    Outcome.WAITING_LIST: "warn",
    Outcome.DECLINE: "bad",
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the referral's own timeline."""

    happened_on: date
    says: str
    about: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the procedure: taken on a day, or still ahead."""

    says: str
    help: str
    on: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A referral with everything recorded about it. Six queries."""

    referral: Referral
    interviews: list[Interview]
    decisions: list[Decision]
    offers: list[Offer]
    overrides: list[RuleOverride]
    notes: list[ReferralNote]

    @property
    def decision(self) -> Decision | None:
        """The decision that counts: the latest written."""
        return self.decisions[-1] if self.decisions else None

    @property
    def offer(self) -> Offer | None:
        """The latest offer, open or ended."""
        return self.offers[-1] if self.offers else None

    @property
    def sheets(self) -> list[tuple[Interview, Sheet]]:
        return [(one, one.sheet) for one in self.interviews if one.sheet]


def story_of(referral: Referral) -> Story:
    """Everything recorded about the referral, oldest first."""
    return Story(
        referral,
        list(
            referral.interviews.select_related(
                "recorded_by",
                "sheet__finished_by",
                "sheet__begun_by",
                "sheet__scheme__organisation",
            ).prefetch_related("interviewers")
        ),
        list(
            referral.decisions.select_related("recorded_by", "communicated_by").order_by(
                "recorded_at", "pk"
            )
        ),
        list(
            referral.offers.select_related("recorded_by", "bed", "ended_by").order_by(
                "recorded_at", "pk"
            )
        ),
        list(referral.ruleoverrides.select_related("recorded_by")),
        list(referral.notes.select_related("recorded_by")),
    )


def journey(story: Story) -> list[Step]:
    """The steps of the pack's procedure, each with the day it was taken."""
    dates = _dates(story)
    steps = story.referral.scheme.pack.choice_lists.get("referral_steps") or ()
    found = [Step(step.says, step.help, *dates.get(step.key, (None, ""))) for step in steps]
    if story.referral.is_closed():  # what will not come is not "not yet"
        taken = [number for number, step in enumerate(found) if step.on]
        told = next((n for n, step in enumerate(steps) if step.key == "told"), 0)
        found = found[: max([told, *taken]) + 1]
    return found


def events(story: Story) -> list[Happened]:
    """Everything that happened, latest first."""
    return sorted(_events(story), key=lambda one: one.happened_on, reverse=True)


def kept_until(story: Story) -> tuple[Retention, date] | None:
    """Under which rule a referral without a stay is kept for the figures, and until when.

    Counted from the last contact: when they were told, or else from the decision.
    """
    referral, decision = story.referral, story.decision
    rule = referral.scheme.pack.retention.get(KEPT_UNDER)
    if rule is None or decision is None or not referral.is_closed():
        return None
    keep: Duration = rule.keep
    return rule, keep.after(decision.communicated_on or decision.decided_on)


def _dates(story: Story) -> dict[str, tuple[date | None, str]]:
    referral, decision, offer = story.referral, story.decision, story.offer
    dates: dict[str, tuple[date | None, str]] = {
        "received": (referral.received_on, ""),
        "screened": (referral.screened_on, str(referral.screened_by or "")),
    }
    if story.interviews:
        dates["interviewed"] = (story.interviews[-1].held_on, "")
    if decision:
        dates["decided"] = (decision.decided_on, decision.get_outcome_display())
        dates["told"] = (decision.communicated_on, decision.communicated_how)
    if offer and not (offer.ended_on and offer.ended_because != "moved_in"):
        dates["offered"] = (offer.offered_on, _place(offer))
    if referral.stay:
        dates["moved_in"] = (referral.stay.moved_in_on, "")
        dates["moved_on"] = (referral.stay.moved_out_on, "")
    return dates


def _events(story: Story) -> Iterator[Happened]:
    referral = story.referral
    sender = referral.redirected_from.scheme.name if referral.redirected_from else ""
    who = sender or referral.referrer_agency or referral.referrer_name
    yield Happened(
        referral.received_on,
        f"Referral received from {who}" if who else "Referral received",
        f"Written down by {referral.recorded_by or 'import'}",
    )
    if referral.screened_on:
        yield Happened(referral.screened_on, "Screened", f"By {referral.screened_by}")
    for note in story.notes:
        yield Happened(note.happened_on, note.text, f"Note by {note.by_name}")
    for interview in story.interviews:
        names = ", ".join(str(one) for one in interview.interviewers.all())
        yield Happened(interview.held_on, "Interviewed", f"By {names}" if names else "")
    for override in story.overrides:
        yield _set_aside(referral, override)
    for decision in story.decisions:
        yield from _decided(referral, decision)
    for offer in story.offers:
        yield from _offered(offer)
    if referral.stay:
        yield Happened(referral.stay.moved_in_on, "Moved in", tone="good")


def _set_aside(referral: Referral, override: RuleOverride) -> Happened:
    reason = _reason(referral, "rule_override", override.reason)
    return Happened(
        override.recorded_at.astimezone(referral.scheme.zone).date(),
        f"Rule set aside: {override.rule_said}",
        _joined(reason, override.words, f"by {override.by_name}"),
        tone="warn",
    )


def _decided(referral: Referral, decision: Decision) -> Iterator[Happened]:
    yield Happened(
        decision.decided_on,
        f"Decided: {decision.get_outcome_display().lower()}",
        _joined(reason_of(referral, decision), decision.words, f"by {decision.by_name}"),
        tone=TONES.get(Outcome(decision.outcome), ""),
    )
    if decision.communicated_on:
        who = f"noted by {decision.communicated_by}" if decision.communicated_by else ""
        yield Happened(
            decision.communicated_on,
            "The person and whoever referred them were told",
            _joined(decision.communicated_how, who),
        )


def _place(offer: Offer) -> str:
    """ "Bed 1A", as the practice there calls it."""
    place = offer.bed.called(offer.scheme.word("bed"))
    return place[:1].upper() + place[1:]


def _offered(offer: Offer) -> Iterator[Happened]:
    yield Happened(
        offer.offered_on,
        f"{_place(offer)} offered",
        _joined(f"Kept until {offer.kept_until:%-d %B %Y}", f"by {offer.by_name}"),
    )
    if offer.accepted_on:
        yield Happened(
            offer.accepted_on,
            f"Said yes to {offer.bed.called(offer.scheme.word('bed'))}",
            tone="good",
        )
    if offer.ended_on and offer.ended_because != "moved_in":
        who = f"noted by {offer.ended_by}" if offer.ended_by else ""
        yield Happened(
            offer.ended_on,
            f"Offer of bed {offer.bed} ended: {offer.get_ended_because_display().lower()}",
            _joined(offer.ended_words, who),
        )


def reason_of(referral: Referral, decision: Decision) -> str:
    """The reason for a decision in the words of the pack."""
    return _reason(referral, REASONS[Outcome(decision.outcome)], decision.reason)


def _reason(referral: Referral, listed: str, key: str) -> str:
    choice = referral.scheme.pack.reasons(listed).get(key)
    return choice.says if choice else key


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


# Which list of the pack holds the reasons for each decision.
REASONS = {
    Outcome.ACCEPT: "referral_accepted",
    Outcome.WAITING_LIST: "referral_waiting",
    Outcome.DECLINE: "referral_declined",
    Outcome.WITHDRAW: "referral_withdrawn",
    Outcome.DID_NOT_ATTEND: "referral_did_not_attend",
    Outcome.REDIRECT: "referral_redirected",
}
