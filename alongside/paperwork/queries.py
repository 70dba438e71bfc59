"""What the pages of forms ask."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Q
from django.shortcuts import get_object_or_404

from alongside.organisation.models import Membership, Scheme, Staff
from alongside.organisation.queries import answers_to, staff_at
from alongside.paperwork.content import offered, offered_about
from alongside.practice.actions import Action
from alongside.practice.sheets import About
from alongside.practice.sheets import Sheet as Asked
from alongside.sheets.gates import GateOf, gates_of
from alongside.sheets.models import Sheet, SheetQuerySet
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Offer:
    """A form one may fill in, when it was last finished, and a draft to go on with."""

    asked: Asked
    last: Sheet | None
    draft: Sheet | None


def forms_of(stay: Stay, *, reader: Staff) -> SheetQuerySet:
    """The forms of this file that this person may read, the latest first."""
    keys = [asked.key for asked in offered(stay.scheme.pack)]
    found = Sheet.objects.for_page().filter(stay=stay, key__in=keys)
    if not reader.may(Action.READ_RESTRICTED, stay):
        closed = [asked.key for asked in offered(stay.scheme.pack) if asked.restricted]
        found = found.exclude(Q(key__in=closed) & ~Q(begun_by=reader))
    return found.order_by("-recorded_at", "-pk")


def finished_forms(stay: Stay, *, reader: Staff) -> SheetQuerySet:
    """The finished forms of a file, without those that were put right later."""
    return forms_of(stay, reader=reader).exclude(finished_at=None).filter(corrected_by=None)


def offers(stay: Stay, *, reader: Staff) -> list[Offer]:
    """Every form the practice offers here, each with its latest and its draft. Four queries."""
    seen = forms_of(stay, reader=reader)
    done = _latest(finished_forms(stay, reader=reader))
    drafts = _latest(seen.filter(finished_at=None))
    return [
        Offer(asked, done.get(asked.key), drafts.get(asked.key))
        for asked in offered(stay.scheme.pack)
    ]


def _latest(found: SheetQuerySet) -> dict[str, Sheet]:
    """The latest of each key, however many there are in the file."""
    last = found.order_by().values("key").annotate(at=Max("recorded_at"))
    times = [row["at"] for row in last]
    return {one.key: one for one in found.filter(recorded_at__in=times).order_by("recorded_at")}


def form_for(staff: Staff, sheet_id: UUID) -> Sheet:
    """That form, if it is in a file this person may read; otherwise it does not exist."""
    found = Sheet.objects.visible_to(staff).for_page().exclude(stay=None)
    sheet = get_object_or_404(found, pk=sheet_id)
    closed = sheet.asked.restricted and sheet.begun_by_id != staff.pk
    if not sheet.asked.on_file or (closed and not staff.may(Action.READ_RESTRICTED, sheet)):
        return get_object_or_404(found.none())
    return sheet


@dataclass(frozen=True, slots=True)
class OfOne:
    """The forms about one colleague, each with the last time it was finished."""

    staff: Staff
    forms: list[tuple[Asked, Sheet | None]]


def about_the_service(scheme: Scheme) -> list[tuple[Asked, Sheet | None]]:
    """Every form about the service, each with the last one. One question."""
    found = Sheet.objects.for_page().filter(scheme=scheme, stay=None, worker=None)
    done = _newest(found.exclude(finished_at=None))
    return [(asked, done.get(asked.key)) for asked in offered_about(scheme.pack, About.SCHEME)]


def about_the_team(scheme: Scheme, *, reader: Staff) -> list[OfOne]:
    """Every form about each colleague; about oneself only, for those who do not manage staff."""
    asked = offered_about(scheme.pack, About.STAFF)
    leads = reader.may(Action.MANAGE_STAFF, scheme)
    team = [one for one in staff_at(scheme) if leads or one.pk == reader.pk]
    found = Sheet.objects.for_page().filter(scheme=scheme, worker__in=team)
    done: dict[tuple[UUID | None, str], Sheet] = {}
    for sheet in found.exclude(finished_at=None).order_by("finished_at"):
        done[sheet.worker_id, sheet.key] = sheet
    return [OfOne(one, [(form, done.get((one.pk, form.key))) for form in asked]) for one in team]


def trained(scheme: Scheme, *, reader: Staff) -> list[tuple[Staff, list[GateOf]]]:
    """What each colleague's roles here ask for, and whether they have shown it; one's own only,
    for those who do not manage staff. Two queries."""
    if not len(scheme.pack.training_gates):
        return []
    leads = reader.may(Action.MANAGE_STAFF, scheme)
    roles: dict[Staff, set[str]] = {}
    for post in Membership.objects.current(scheme.today()).filter(scheme=scheme).at_hand():
        if leads or post.staff_id == reader.pk:
            roles.setdefault(post.staff, set()).add(post.role)
    shown = gates_of(scheme, roles)
    found = [
        (one, [gate for gate in shown[one.pk] if own & set(gate.gate.roles)])
        for one, own in sorted(roles.items(), key=lambda pair: pair[0].name)
    ]
    return [(one, gates) for one, gates in found if gates]


def _newest(found: SheetQuerySet) -> dict[str, Sheet]:
    return {sheet.key: sheet for sheet in found.order_by("finished_at")}


def team_form_for(staff: Staff, sheet_id: UUID) -> Sheet:
    """That form about the service, a colleague one leads, or oneself; else it does not exist."""
    found = Sheet.objects.visible_to(staff).for_page().filter(stay=None)
    sheet = get_object_or_404(found.exclude(finished_at=None), pk=sheet_id)
    about = sheet.pack.sheet(sheet.key).about
    mine = sheet.worker_id == staff.pk or about is About.SCHEME
    if sheet.worker and not mine:
        mine = answers_to(sheet.worker, staff, sheet.scheme)
    if about is About.STAY or not (mine or staff.may(Action.MANAGE_STAFF, sheet)):
        return get_object_or_404(found.none())
    return sheet
