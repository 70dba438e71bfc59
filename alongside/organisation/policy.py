"""The policy: who may do what, and who sees which records. One table answers both.

`can` says whether one person may do one thing to one record, and why not; `visible` narrows a
queryset to what they may see. Both read the same table and the same standing of the person, so
they cannot disagree: a record is visible to somebody just when they can read it.

    organisation > scheme > role with dates (or a post they stand in for)
    a role lent for a few people (cover from another house) opens those people and nothing else
    less the files that are closed to them: by name, or because only others are named
    and, for an hour, the one file that they have opened in an emergency, with a reason

Closed wins over every role; closed by name wins over the emergency too. To whoever may not see
it, a record does not exist: the page answers as for one that was never there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from alongside.audit.operation import inside_an_operation
from alongside.kit import clock
from alongside.practice.actions import Action

if TYPE_CHECKING:
    from alongside.organisation.models import Membership, Staff, StandIn


@dataclass(frozen=True, slots=True)
class Row:
    """How a kind of record is reached: from its scheme, and from the person it is about.

    `needs` is what a role there must include; None asks only to work there.
    """

    at: str
    person: str = ""
    needs: Action | None = Action.READ_FILE


OF_A_STAY = Row("stay__scheme_id", "stay__resident_id")
OF_A_SCHEME = Row("scheme_id", needs=None)
SEES: dict[str, Row] = {
    "stays.Stay": Row("scheme_id", "resident_id", needs=None),
    "absence.Cover": OF_A_STAY,
    "accommodation.Bed": OF_A_SCHEME,
    "admissions.Admission": Row("scheme_id", "resident_id", needs=None),
    "admissions.Induction": OF_A_STAY,
    "aftercare.Episode": OF_A_STAY,
    "agreements.Breach": OF_A_STAY,
    "agreements.Explanation": OF_A_STAY,
    "allocations.Allocation": OF_A_STAY,
    "allocations.ChangeRequest": OF_A_STAY,
    "assessments.Assessment": OF_A_STAY,
    "building.NightOut": Row("stay__scheme_id", "stay__resident_id", needs=None),
    "conversations.Conversation": Row("scheme_id", "stay__resident_id", needs=None),
    "cover.SessionOffer": Row("booking__stay__scheme_id", "booking__stay__resident_id"),
    "data_breaches.DataBreach": Row("scheme_id", needs=Action.KEEP_DATA_BREACHES),
    "documents.Document": OF_A_STAY,
    "duties.ClosedDuty": Row("month__scheme_id", "stay__resident_id"),
    "duties.Duty": Row("scheme_id", "stay__resident_id"),
    "exports.Export": Row("scheme_id", needs=Action.READ_JOURNAL),
    "imports.ImportRun": OF_A_SCHEME,
    "keywork.Booking": OF_A_STAY,
    "keywork.Note": OF_A_STAY,
    "keywork.PeriodReport": OF_A_STAY,
    "keywork.Session": OF_A_STAY,
    "keywork.Slot": OF_A_SCHEME,
    "money.Spending": Row("scheme_id", "stay__resident_id", Action.RECORD_SPENDING),
    "moments.Moment": Row("scheme_id", "resident_id"),
    "plans.HandedOn": OF_A_STAY,
    "plans.Plan": OF_A_STAY,
    "plans.PlanAction": OF_A_STAY,
    "plans.WeeklyForm": OF_A_STAY,
    "referrals.Referral": Row("scheme_id", "resident_id"),
    "retention.Erasure": Row("scheme_id", "resident_id"),
    "retention.LegalHold": Row("scheme_id", "resident_id"),
    "retention.StaffErasure": Row("scheme_id", needs=Action.PROPOSE_ERASURE),
    "retention.StaffHold": Row("scheme_id", needs=Action.PROPOSE_ERASURE),
    "reviews.Decision": Row("review__stay__scheme_id", "review__stay__resident_id"),
    "reviews.Review": OF_A_STAY,
    "rights.Lifting": Row("sealed__stay__scheme_id", "sealed__resident_id"),
    "rights.Opening": Row("stay__scheme_id", "resident_id", Action.REVIEW_BREAK_GLASS),
    "rights.Sealed": Row("stay__scheme_id", "resident_id"),
    "rota.ContingencyPlan": OF_A_SCHEME,
    "rota.Swap": Row("turn__scheme_id", needs=None),
    "rota.Turn": OF_A_SCHEME,
    "sheets.Sheet": Row("scheme_id", "resident_id"),
    "stages.Evidence": OF_A_STAY,
    "stages.StageMove": OF_A_STAY,
    "stages.TaskDecision": OF_A_STAY,
    "subject_access.AccessRequest": OF_A_STAY,
    "subject_access.Mention": Row("request__stay__scheme_id", "request__stay__resident_id"),
}

# What opening a file in an emergency lets one do: read, also what is sealed, and write nothing.
IN_AN_EMERGENCY = frozenset(
    {
        Action.READ_FILE,
        Action.READ_SEALED_ADDRESS,
        Action.READ_SAFEGUARDING,
        Action.READ_SEALED_HEALTH,
        Action.READ_THIRD_PARTY,
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and why: a word for the journal and for tests, never for the page.

    `instead_of` is the key of whoever's post alone gave the right.
    """

    yes: bool
    why: str
    instead_of: UUID | None = None


def can(staff: Staff, action: Action, subject: Any) -> Answer:
    """Whether this person may do it to the subject: a scheme, or a record of one."""
    if staff.has_left(clock.today()):
        return Answer(yes=False, why="has left")
    standing, person = staff.standing, None
    if standing.closed or standing.opened or standing.lent:
        person = person_of(subject)
        if person in standing.closed:
            return Answer(yes=False, why="closed to them")
        if person and person == standing.opened and action in IN_AN_EMERGENCY:
            return Answer(yes=True, why="opened in an emergency")
    post = grant(staff, action, subject.scheme_id, person)
    if post is None:
        return Answer(yes=False, why="no role of theirs there includes it")
    lender = getattr(post, "instead_of", None)
    why = "stands in" if lender else "role"
    return Answer(yes=True, why=why, instead_of=lender.pk if lender else None)


def grant(
    staff: Staff, action: Action, scheme_id: UUID | None, person: UUID | None = None
) -> Membership | StandIn | None:
    """The post that gives the right there: an own one if there is one, else one stood in for.

    One that was lent for a few people gives it only when it is about one of them.
    """
    lent = staff.standing.lent
    for post in staff.posts:
        if scheme_id is not None and post.scheme_id != scheme_id:
            continue
        if post.pk in lent and person not in lent[post.pk]:
            continue
        only = getattr(post, "powers", None)
        if action in post.scheme.pack.role(post.role).may and (not only or action in only):
            return post
    return None


def visible[R: QuerySet[Any, Any]](staff: Staff, records: R) -> R:
    """Of these records, those that the person may see. What is left out does not exist to them."""
    seen: R = records.filter(seen_by(staff, records.model))
    return seen


def seen_by(staff: Staff, model: type[Model]) -> Q:
    """The condition of the table for one kind of record and one person."""
    return _seen(staff, SEES[model._meta.label])


def seen_along(staff: Staff, stay: str, needs: Action | None = Action.READ_FILE) -> Q:
    """The same for a kind of record that the table does not name, by its path to a stay."""
    return _seen(staff, Row(f"{stay}__scheme_id", f"{stay}__resident_id", needs))


def whose_file_is_read(staff: Staff) -> Q:
    """The condition for stays: those of people whose file this person may open, also the few whom
    cover elsewhere opens to them."""
    return _seen(staff, Row("scheme_id", "resident_id"))


def sees(staff: Staff, record: Any) -> bool:
    """Whether `visible` keeps this record; for one that is at hand with its stay."""
    row = SEES[record._meta.label]
    person = _follow(record, row.person) if row.person else None
    return _opens(staff, row, _follow(record, row.at), person)


def may_open(staff: Staff, at: UUID, person: UUID) -> bool:
    """Whether they may open the file of this person at that scheme, both given by their key."""
    return _opens(staff, Row("", ""), at, person)


def _opens(staff: Staff, row: Row, at: UUID | None, person: UUID | None) -> bool:
    standing = staff.standing
    if staff.has_left(clock.today()):
        return False
    emergency = row.needs is None or row.needs in IN_AN_EMERGENCY
    if person and emergency and person == standing.opened:
        return True
    if person and person in standing.closed:
        return False
    return at in _where(staff, row.needs) or (
        person is not None and _is_lent(staff, row, at, person)
    )


def _seen(staff: Staff, row: Row) -> Q:
    if staff.has_left(clock.today()):
        return Q(pk__in=[])
    seen = Q(**{f"{row.at}__in": _where(staff, row.needs)})
    if row.person:
        seen |= _lent(staff, row)
    if row.person and (closed := staff.standing.closed):
        seen &= ~Q(**{f"{row.person}__in": closed})
    emergency = row.needs is None or row.needs in IN_AN_EMERGENCY
    if row.person and emergency and (opened := staff.standing.opened):
        seen |= Q(**{row.person: opened})
    return seen


_closed_now: ContextVar[frozenset[UUID]] = ContextVar("closed_now", default=frozenset())


@contextmanager
def looked_at_by(staff: Staff) -> Iterator[None]:
    """While a page is made for this person, lists of the whole house leave out whose files are
    closed to them."""
    token = _closed_now.set(staff.standing.closed)
    try:
        yield
    finally:
        _closed_now.reset(token)


def nothing_is_left_out() -> bool:
    """Whether no file is closed to whoever looks just now, so that `shown` changes nothing."""
    return not _closed_now.get()


def shown[R: QuerySet[Any, Any]](records: R) -> R:
    """These records, less those of people whose files are closed to whoever looks just now.

    For lists of a house, which ask by the house and not by the person. What is worked out inside
    an operation is worked out of everything.
    """
    closed, row = _closed_now.get(), SEES.get(records.model._meta.label)
    if not closed or row is None or not row.person or inside_an_operation():
        return records
    # What is about nobody is there for everybody.
    seen: R = records.filter(
        ~Q(**{f"{row.person}__in": closed}) | Q(**{f"{row.person}__isnull": True})
    )
    return seen


def _where(staff: Staff, needs: Action | None) -> set[UUID]:
    """The schemes where they work, and where they may do that."""
    here = staff.scheme_ids()
    return here if needs is None else {pk for pk in here if grant(staff, needs, pk)}


def _lent(staff: Staff, row: Row) -> Q:
    """The few people of a scheme whom a role lent for a time opens to them; mostly nobody."""
    seen = Q()
    for post in staff.posts:
        of = staff.standing.lent.get(post.pk)
        if of and (row.needs is None or row.needs in post.scheme.pack.role(post.role).may):
            seen |= Q(**{row.at: post.scheme_id, f"{row.person}__in": of})
    return seen


def _is_lent(staff: Staff, row: Row, at: UUID | None, person: UUID) -> bool:
    """Whether a role lent for a time opens this one person of that scheme."""
    lent = staff.standing.lent
    return any(
        post.scheme_id == at and person in lent.get(post.pk, ())
        and (row.needs is None or row.needs in post.scheme.pack.role(post.role).may)
        for post in staff.posts
    )  # fmt: skip


def person_of(subject: Any) -> UUID | None:
    """The key of whoever the record is about; None when it is about nobody."""
    if subject._meta.label == "residents.Resident":
        return UUID(str(subject.pk))
    row = SEES.get(subject._meta.label)
    path = row.person if row else _usual_path(subject)
    return _follow(subject, path) if path else None


def _usual_path(subject: Any) -> str:
    names = {field.name for field in subject._meta.concrete_fields}
    if "resident" in names:
        return "resident_id"
    return "stay__resident_id" if "stay" in names else ""


def _follow(subject: Any, path: str) -> UUID | None:
    """Along what is at hand; what is not at hand is asked for."""
    *through, last = path.split("__")
    here = subject
    for name in through:
        if here is not None and name not in here._state.fields_cache:
            rows = type(subject)._base_manager.filter(pk=subject.pk)
            found: UUID | None = rows.values_list(path, flat=True).first()
            return found
        here = getattr(here, name, None)
    return getattr(here, last, None)
