"""What pages and other rooms ask about referrals and the files they may belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from alongside.accommodation.models import Bed
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import whose_file_is_read
from alongside.practice.actions import Action
from alongside.referrals.models import (
    CLOSED,
    COMING,
    UNDECIDED,
    Offer,
    OfferQuerySet,
    Referral,
    ReferralQuerySet,
    State,
)
from alongside.referrals.rules import Asker, BrokenRule, broken_rules
from alongside.residents.models import PossibleDuplicate, Resident
from alongside.residents.names import name_key
from alongside.residents.queries import Match, duplicates_at, possible_matches
from alongside.stays.models import Stay

# What the list may be narrowed to, with the words of each choice.
SHOW = {
    "undecided": "To decide",
    "late": "Late",
    "waiting": "Waiting list",
    "coming": "Accepted",
    "moved_in": "Moved in",
    "closed": "Closed",
    "everything": "Everything",
}
OPEN_NOW = "open"


def readable_schemes(staff: Staff) -> list[Scheme]:
    """The schemes where this person's role includes reading files."""
    return [scheme for scheme in staff.schemes() if staff.may(Action.READ_FILE, scheme)]


def readable_scheme(staff: Staff, slug: str) -> Scheme:
    """That scheme, if this person may read files there; otherwise it does not exist."""
    readable = [scheme.pk for scheme in readable_schemes(staff)]
    return get_object_or_404(Scheme.objects.for_page().filter(pk__in=readable), slug=slug)


def referral_for(staff: Staff, referral_id: UUID) -> Referral:
    """That referral, if this person may read files at its scheme; otherwise it does not exist."""
    return get_object_or_404(_readable(staff).for_page(), pk=referral_id)


def referred_people_named(text: str, *, viewer: Staff) -> ReferralQuerySet:
    """Referrals, the latest first, of everybody whose name holds these words and who has not moved
    in: those that are still open, and what became of the others of whom the viewer sees no stay."""
    if not name_key(text):
        return Referral.objects.none()
    found = _readable(viewer).filter(stay=None).of_people_named(text)
    stayed = Stay.objects.filter(whose_file_is_read(viewer), resident=OuterRef("resident"))
    found = found.exclude(Q(state__in=CLOSED) & Exists(stayed))
    return found.for_page().order_by("-received_on", "-pk")


def _readable(staff: Staff) -> ReferralQuerySet:
    return Referral.objects.visible_to(staff).filter(scheme__in=readable_schemes(staff))


def referrals_at(scheme: Scheme) -> ReferralQuerySet:
    """Every referral to the scheme."""
    return Referral.objects.for_page().filter(scheme=scheme)


def referrals_shown(scheme: Scheme, *, show: str = "", named: str = "") -> ReferralQuerySet:
    """The referrals a list shows: those still open, or what `show` says; by name when asked."""
    found = referrals_at(scheme)
    if named.strip():
        found = found.of_people_named(named)
        show = show or "everything"
    return found.filter(_narrowed(scheme, show))


def accepted_referrals(scheme: Scheme) -> ReferralQuerySet:
    """Those accepted or offered a bed, who can move in; by name."""
    return referrals_at(scheme).filter(state__in=COMING).order_by("resident__name_key")


def waiting_list(scheme: Scheme) -> ReferralQuerySet:
    """Who waits for a bed; who has waited longest comes first."""
    return referrals_at(scheme).waiting()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many referrals stand where."""

    undecided: int
    late: int
    waiting: int
    coming: int


def counts_at(scheme: Scheme) -> Counts:
    """How many referrals of the scheme wait for a decision, are late, wait for a bed, or come."""
    states: dict[str, int] = Referral.objects.filter(scheme=scheme).aggregate(
        undecided=Count("pk", filter=Q(state__in=UNDECIDED)),
        late=Count("pk", filter=_narrowed(scheme, "late")),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        coming=Count("pk", filter=Q(state__in=COMING)),
    )
    return Counts(**states)


def decide_within(scheme: Scheme) -> int:
    """After how many calendar days an undecided referral is late."""
    return scheme.pack.limit("referral_decision").number


def days_waiting(referral: Referral, on: date) -> int:
    """Calendar days since the referral came."""
    return (on - referral.received_on).days


def is_late(referral: Referral, on: date) -> bool:
    """Whether an undecided referral has waited longer than the pack allows."""
    waited = days_waiting(referral, on)
    return referral.is_undecided() and waited > decide_within(referral.scheme)


def _narrowed(scheme: Scheme, show: str) -> Q:
    late = Referral.objects.overdue(scheme.today(), decide_within(scheme)).values("pk")
    return {
        "undecided": Q(state__in=UNDECIDED),
        "late": Q(pk__in=late),
        "waiting": Q(state=State.WAITING),
        "coming": Q(state__in=COMING),
        "moved_in": Q(state=State.MOVED_IN),
        "closed": Q(state__in=CLOSED),
        "everything": Q(),
    }.get(show, Q(state__in=[*UNDECIDED, State.WAITING, *COMING]))


def open_rules(referral: Referral) -> list[BrokenRule]:
    """Rules of the scheme that this referral breaks and that no manager has set aside."""
    set_aside = set(referral.ruleoverrides.values_list("rule", flat=True))
    asker = Asker(referral.resident, referral.homelessness)
    return [rule for rule in broken_rules(referral.scheme, asker) if rule.key not in set_aside]


def fitting_schemes(referral: Referral) -> list[Scheme]:
    """Other schemes of the organisation whose rules this person meets, by name."""
    others = Scheme.objects.for_page().filter(organisation_id=referral.scheme.organisation_id)
    asker = Asker(referral.resident, referral.homelessness)
    return [
        scheme
        for scheme in others.exclude(pk=referral.scheme_id)
        if not broken_rules(scheme, asker)
    ]


def reserved_beds(scheme: Scheme) -> OfferQuerySet:
    """Open offers that keep a bed of the scheme today, with bed and person at hand."""
    return (
        Offer.objects.reserving(scheme.today())
        .filter(bed__scheme=scheme)
        .select_related("bed", "referral__resident")
    )


def offer_keeping(bed: Bed, on: date) -> Offer | None:
    """The offer that keeps this bed on that day, if there is one."""
    return Offer.objects.reserving(on).filter(bed=bed).select_related("referral__resident").first()


def open_offer(referral: Referral) -> Offer | None:
    """The offer this person has not answered or not yet moved in on, if there is one."""
    return Offer.objects.open().filter(referral=referral).select_related("bed").first()


def free_beds(scheme: Scheme, on: date) -> list[Bed]:
    """Beds in use that nobody occupies and that are kept for nobody."""
    taken = Stay.objects.current().filter(bed__isnull=False).values("bed_id")
    kept = Offer.objects.reserving(on).values("bed_id")
    return list(
        Bed.objects.in_use(on)
        .filter(scheme=scheme)
        .exclude(pk__in=taken)
        .exclude(pk__in=kept)
        .order_by("order", "name")
        .prefetch_related("faults")
    )


def name_of(identity: Mapping[str, Any]) -> str:
    """A person's name as it was typed, for comparing with the files there are."""
    family = str(identity.get("family_name") or "")
    first = identity.get("given_name") or identity.get("known_as") or ""
    return f"{first} {family}".strip()


def possible_files(
    scheme: Scheme, *, reader: Staff | None, name: str, born_on: date | None = None
) -> list[Match]:
    """Earlier files that may be this person's and that the reader may be told of.

    A file from schemes where the reader does not work is told of only when name and birthday
    are both the same, so that nobody can fish for who is known elsewhere.
    """
    matches = possible_matches(scheme.organisation_id, name=name, born_on=born_on)
    if reader is None or not matches:
        return matches
    seen = _mine(reader, [match.resident for match in matches])
    return [match for match in matches if match.sure or match.pk in seen]


def _mine(reader: Staff, residents: list[Resident]) -> set[UUID]:
    found = Resident.objects.visible_to(reader).filter(pk__in=[one.pk for one in residents])
    return set(found.values_list("pk", flat=True))


def described(matches: list[Match], *, reader: Staff) -> list[tuple[str, str]]:
    """Each match as one line to choose: name, birthday, former stays here, and why."""
    stays: dict[UUID, list[Stay]] = {}
    people = [match.pk for match in matches]
    for stay in Stay.objects.visible_to(reader).for_page().filter(resident__in=people):
        stays.setdefault(stay.resident_id, []).append(stay)
    mine = _mine(reader, [match.resident for match in matches]) if matches else set()
    return [
        (str(match.pk), _line(match, stays.get(match.pk, []), known_here=match.pk in mine))
        for match in matches
    ]


def _line(match: Match, stays: list[Stay], *, known_here: bool) -> str:
    born = match.resident.born_on
    parts = [f"{match.resident.name}, born {born:%-d %B %Y}" if born else match.resident.name]
    parts += [_stayed(stay) for stay in stays]
    if not known_here:
        parts.append("known to another of our schemes")
    return f"{'; '.join(parts)}. {match.why}."


def _stayed(stay: Stay) -> str:
    since = f"{stay.moved_in_on:%-d %B %Y}"
    if stay.moved_out_on:
        return f"stayed at {stay.scheme} from {since} to {stay.moved_out_on:%-d %B %Y}"
    return f"lives at {stay.scheme} since {since}"


def duplicates_to_decide(staff: Staff) -> QuerySet[PossibleDuplicate]:
    """Pairs of files that may be one person's, undecided ones first."""
    return duplicates_at(staff)


def duplicates_here(staff: Staff, scheme: Scheme) -> QuerySet[PossibleDuplicate]:
    """The pairs of which at least one stays, stayed, or was referred at this scheme."""
    here = Resident.objects.filter(Q(stays__scheme=scheme) | Q(referrals__scheme=scheme))
    known = here.values("pk")
    return duplicates_to_decide(staff).filter(Q(one__in=known) | Q(other__in=known))


def duplicate_for(staff: Staff, scheme: Scheme, proposal_id: UUID) -> PossibleDuplicate:
    """That pair, if this person may open at least one of the two files, and it is of here."""
    return get_object_or_404(duplicates_here(staff, scheme), pk=proposal_id)


def stays_and_referrals(
    staff: Staff, residents: list[Resident]
) -> tuple[dict[UUID, list[Stay]], dict[UUID, list[Referral]]]:
    """What this person may know of each: stays and referrals, latest first."""
    stays: dict[UUID, list[Stay]] = {}
    for stay in (
        Stay.objects.visible_to(staff)
        .for_page()
        .filter(resident__in=residents)
        .order_by("-moved_in_on")
    ):
        stays.setdefault(stay.resident_id, []).append(stay)
    referrals: dict[UUID, list[Referral]] = {}
    for referral in (
        Referral.objects.visible_to(staff)
        .for_page()
        .filter(resident__in=residents)
        .order_by("-received_on")
    ):
        referrals.setdefault(referral.resident_id, []).append(referral)
    return stays, referrals
