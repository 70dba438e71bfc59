"""What somebody began about a person and has not finished: forms, and drafts of anything else.

Of a draft it is told what it is of and who began it, and no word of it: that is theirs alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.drafts.models import Draft
from alongside.drafts.naming import in_words, keys_in
from alongside.keywork.models import Booking, Note
from alongside.kit.together import read
from alongside.organisation.models import Membership, Staff
from alongside.overview.queries.accounted import Answered, Blame, House, one_of
from alongside.paperwork.content import offered
from alongside.plans.models import Plan
from alongside.practice.actions import Action
from alongside.referrals.models import Referral
from alongside.reviews.models import InformationPack, Review
from alongside.sheets.models import Sheet
from alongside.ui.addresses import address_about


def unfinished_forms(house: House, viewer: Staff, *, unowned: bool) -> QuerySet[Sheet]:
    """The forms of these files that are begun, as far as the viewer may read them; with `unowned`
    those of people who no longer work here."""
    forms = list(offered(house.scheme.pack))
    found = Sheet.objects.filter(
        stay__in=list(house.stays), finished_at=None, key__in=[one.key for one in forms]
    )
    if not viewer.may(Action.READ_RESTRICTED, house.scheme):
        closed = [one.key for one in forms if one.restricted]
        found = found.exclude(Q(key__in=closed) & ~Q(begun_by=viewer))
    if unowned:
        found = found.exclude(begun_by__in=list(house.working))
    return found.select_related("begun_by").order_by("recorded_at", "pk")


def unfinished_drafts(house: House, *, unowned: bool) -> QuerySet[Draft]:
    """What those began who work or worked here, without the words; with `unowned` of those who no
    longer do. About whom it is, is known by the names of their forms alone."""
    worked = Membership.objects.filter(scheme=house.scheme).values("staff")
    found = Draft.objects.filter(staff__in=worked)
    if unowned:
        found = found.exclude(staff__in=list(house.working))
    return found.select_related("staff").defer("words").order_by("saved_at", "pk")


def forms_begun(house: House, sheets: Iterable[Sheet]) -> Iterator[Answered]:
    """Whoever began a form answers for it; of what nobody of us began, who leads the case does."""
    for sheet in sheets:
        if (stay := house.stays.get(sheet.stay_id)) is None:  # type: ignore[arg-type]
            continue
        page = address_about("paperwork:form", sheet.pk)
        begun = sheet.begun_by
        blame = house.named(begun, "began it", "Finish it.", page) if begun else house.lead_of(stay)
        if blame.staff is None and begun is None:
            blame = Blame(None, blame.why, "Finish it.", page)
        yield one_of(house, stay, "Unfinished form", str(sheet), page, by_on=None, blame=blame)


def drafts_begun(house: House, drafts: Iterable[Draft]) -> Iterator[Answered]:
    """Whoever began it answers for it; what somebody began who left is written anew."""
    rows = [(draft, keys_in(draft.form)) for draft in drafts]
    whose = _stays_of(house, {key for _, keys in rows for key in keys})
    for draft, keys in rows:
        stay = next((house.stays[whose[key]] for key in keys if key in whose), None)
        if stay is None:
            continue
        page = address_about("casefile:casefile", stay.pk)
        blame = house.named(draft.staff, "began it", "Write it anew.", page)
        says = f"{in_words(draft.form)}, last changed {draft.saved_at:%-d %B}"
        yield one_of(house, stay, "Draft", says, "", by_on=None, blame=blame)


def _stays_of(house: House, keys: set[UUID]) -> dict[UUID, UUID]:
    """About which of these stays something is that a form is named after: one query at most.

    What colleagues write to each other is not told of: that there is a conversation is for those
    in it. So is that somebody was asked to decide about another worker.
    """
    told = {key: key for key in keys if key in house.stays}
    left, stays = sorted(keys - told.keys()), list(house.stays)
    if not left:
        return told
    plain: list[QuerySet[Any, Any]] = [
        model._default_manager.filter(pk__in=left, stay__in=stays).only("pk", "stay")
        for model in (Plan, Review, Booking, Note)
    ]
    packs = InformationPack.objects.filter(pk__in=left, review__stay__in=stays)
    packs = packs.select_related("review")
    people = {house.stays[pk].resident_id: pk for pk in stays}
    asked_for = Referral.objects.filter(pk__in=left, scheme=house.scheme, resident__in=people)
    asked_for = asked_for.only("pk", "resident")
    read(*plain, packs, asked_for)
    told |= {one.pk: one.stay_id for rows in plain for one in rows}
    told |= {one.pk: people[one.resident_id] for one in asked_for}
    return told | {one.pk: one.review.stay_id for one in packs}
