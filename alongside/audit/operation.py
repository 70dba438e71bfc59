"""The one way to change anything.

An operation takes its subject first and who is acting as `by`, and returns the record it
made or changed. Around that body this module does, in one transaction and in this order:

    lock the subject -> refuse, if it must -> act -> call the followers -> write the journal

so that no operation can leave one of them out. The followers are `OPERATION_FOLLOWERS`; they
are called once, at the end of the outermost operation, with everything that was done.

A refusal undoes all of it; what must stay nonetheless (`Refused.afterwards`) is written then.

Two more things come with it. `once=` (a token from the form) makes a form that was posted
twice act once. And when two people act at the same moment the database's own no, a broken
constraint, comes back as a refusal in words.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, update_wrapper
from typing import Any, Concatenate, cast
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet, UUIDField
from django.utils.module_loading import import_string

from alongside.audit.actors import Actor
from alongside.audit.chain import link
from alongside.audit.constraints import refusal_from
from alongside.audit.models import Entry, Once, Payload, digest_of
from alongside.kit.insert import insert
from alongside.kit.prepared import Prepared, prepared
from alongside.kit.records import Record
from alongside.kit.refusal import NotPermitted, Refused
from alongside.practice.actions import Action
from alongside.practice.parts import switched_off

MOST_ROUNDS = 10
"""How often followers may set each other off before it is taken for a circle."""

OPERATIONS: dict[str, Operation[Any, Any, Any]] = {}


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that has just been done, as the followers are told of it."""

    event: str
    subject: Any
    record: Any
    by: Actor


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What the outermost operation has gathered so far: to be journalled, and to be followed."""

    done: list[Done]
    entries: list[tuple[Entry, Payload]]

    def take(self) -> tuple[list[Done], list[tuple[Entry, Payload]]]:
        """Everything gathered so far, which is then no longer waiting."""
        taken = list(self.done), list(self.entries)
        self.done.clear()
        self.entries.clear()
        return taken

    def mark(self) -> tuple[int, int]:
        return len(self.done), len(self.entries)

    def forget_since(self, mark: tuple[int, int]) -> None:
        """An inner operation failed and was rolled back: it leaves no trace."""
        del self.done[mark[0] :]
        del self.entries[mark[1] :]


_under_way: ContextVar[UnderWay | None] = ContextVar("operations_under_way", default=None)


class Operation[S: Record, **P, R: Record]:
    """A function that writes, wrapped in everything that must go with writing."""

    def __init__(
        self,
        act: Callable[Concatenate[S, P], R],
        event: str,
        needs: Action | None,
        unless: Callable[[S], Refused | None],
    ) -> None:
        update_wrapper(self, act)
        self.act, self.event, self.needs, self.unless = act, event, needs, unless

    def refusal(self, subject: S, *, by: Actor) -> Refused | None:
        """Why this cannot be done now, or None. A page asks before it offers the button."""
        if self.needs and not by.may(self.needs, cast("Any", subject)):
            return NotPermitted(
                "Your role here does not include this.",
                instead=f"Ask {_who_leads(subject)} to do it, or to change your role.",
            )
        return _not_used_here(self.act.__module__, subject) or self.unless(subject)

    def __call__(self, subject: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        once = cast("UUID | None", kwargs.pop("once", None))
        try:
            with transaction.atomic():
                return self._carry_out(subject, once, args, kwargs)
        except IntegrityError as broken:
            if refusal := refusal_from(broken):
                raise refusal from broken
            raise
        except Refused as refusal:
            if refusal.afterwards and not inside_an_operation():
                refusal.afterwards()
            raise

    def _carry_out(
        self, subject: S, once: UUID | None, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> R:
        outer = _under_way.get()
        under_way = outer or UnderWay([], [])
        since, token = under_way.mark(), _under_way.set(under_way)
        try:
            record = self._act_on(_locked(subject), once, args, kwargs)
            if outer is None:
                _tell_followers(under_way)
        except BaseException:
            under_way.forget_since(since)
            raise
        finally:
            _under_way.reset(token)
        return record

    def _act_on(
        self, subject: S, once: UUID | None, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> R:
        by = cast("Actor", kwargs["by"])
        if once and (made := _made_before(once, self.event, by)):
            return cast("R", made)
        if refusal := self.refusal(subject, by=by):
            raise refusal
        record = self.act(subject, *args, **kwargs)
        write_entry(self.event, subject, record, by, needs=self.needs)
        if once:
            _remember(once, self.event, record)
        return record


def _who_leads(subject: Any) -> str:
    """Who can do what one’s own role does not include, as the practice of the scheme says it."""
    scheme = subject if hasattr(subject, "pack_key") else getattr(subject, "scheme", None)
    pack = getattr(scheme, "pack", None)
    return pack.term("manager").with_article if pack else "whoever manages the service"


def _not_used_here(module: str, subject: Any) -> Refused | None:
    """Nothing is written in a room that the practice of the scheme has switched off."""
    scheme = getattr(subject, "scheme", None)
    closed = switched_off(module.split(".")[1], scheme.pack) if scheme else None
    if closed is None:
        return None
    return Refused(
        f"“{closed.says or closed.key}” is not used here.",
        instead="Ask whoever looks after the practice of this service to switch it on.",
    )


def operation[S: Record, **P, R: Record](
    event: str, *, needs: Action | None, unless: Callable[[Any], Refused | None] = lambda _: None
) -> Callable[[Callable[Concatenate[S, P], R]], Operation[S, P, R]]:
    """Make a function the one way to do `event`, for those whose role includes `needs`.

    `needs` is None only for what everybody does for themselves, such as signing in.

    `unless` looks at the subject alone and returns the refusal, if there is one; the page
    uses the same check to decide whether to show the button.
    """

    def make(act: Callable[Concatenate[S, P], R]) -> Operation[S, P, R]:
        made = OPERATIONS[event] = Operation(act, event, needs, unless)
        return made

    return make


def inside_an_operation() -> bool:
    """Whether a write made now will be journalled."""
    return _under_way.get() is not None


def _tell_followers(under_way: UnderWay) -> None:
    """Tell every follower what was done, and then write the journal, in one go.

    A follower may do something itself, such as letting a task lapse: that is journalled and
    followed in its turn, until nothing more is done. The journal comes last, so that the end of
    its chain is held for as short a time as can be.
    """
    entries: list[tuple[Entry, Payload]] = []
    for _ in range(MOST_ROUNDS):
        done, made = under_way.take()
        entries += made
        if not done:
            link(entry for entry, _ in entries)
            insert([payload for _, payload in entries])
            return
        for follow in map(import_string, settings.OPERATION_FOLLOWERS):
            follow(done)
    raise RuntimeError("Followers keep setting each other off; see OPERATION_FOLLOWERS.")


def _locked[S: Record](subject: S) -> S:
    """The subject as it is now, held until the transaction ends."""
    if subject._state.adding:
        return subject
    model: type[S] = subject._meta.model  # type: ignore[assignment]  # a signed-in user is lazy
    found = _holding(model).at_once(pk=subject.pk)
    if not found:
        raise model.DoesNotExist
    return cast("S", found[0])


@cache
def _holding(model: type[Record]) -> Prepared:
    """One row of this kind with what its operations read beside it, locked. Put into SQL once."""

    def rows(pk: Any) -> QuerySet[Any]:
        every = model._base_manager.all()
        if model.LOCK_WITH:
            every = every.select_related(*model.LOCK_WITH)
        return every.select_for_update(of=("self",)).filter(pk=pk)

    return prepared(pk=model._meta.pk)(rows)


@prepared(token=UUIDField())
def _carried_out(token: Any) -> QuerySet[Once]:
    return Once.objects.filter(pk=token)


def _made_before(token: UUID, event: str, by: Actor) -> Record | None:
    """What this form made when it was sent before: to whoever sent it, and by no other form."""
    if not (found := _carried_out.at_once(token=token)):
        return None
    seen: Once = found[0]
    theirs = Entry.objects.filter(record_id=seen.record_id, event=event, actor_id=by.actor_id)
    if seen.event != event or not theirs.exists():
        raise Refused(
            "This form was sent before.", instead="Open its page again, and fill it in anew."
        )
    return cast("Record", apps.get_model(seen.record_type)._base_manager.get(pk=seen.record_id))


def _remember(token: UUID, event: str, record: Record) -> None:
    label = record._meta.label
    insert([Once(token=token, event=event, record_type=label, record_id=record.pk)])


def write_entry(
    event: str, subject: Any, record: Record, by: Actor, *, needs: Action | None = None
) -> None:
    """Put into the journal what was done; called by every operation and by nothing else.

    The entry is made now, as things are now; it is stored when the outermost operation ends,
    in the same transaction.
    """
    scheme = getattr(subject, "scheme", None)
    values, salt = record.disclose(), secrets.token_hex(16)
    entry = Entry(
        event=event,
        organisation_id=scheme.organisation_id if scheme else subject.organisation_id,
        scheme_id=scheme.pk if scheme else None,
        actor_kind=by.ACTOR_KIND,
        actor_id=by.actor_id,
        system=by.actor_name if by.ACTOR_KIND == "system" else "",
        acting_for_id=by.acting_for(needs, subject),
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        record_type=record._meta.label,
        record_id=record.pk,
        practice=scheme.practice_name if scheme else "",
        payload_digest=digest_of(values, salt),
    )
    under_way = _under_way.get()
    if under_way is None:
        raise RuntimeError("A journal entry is written by an operation and by nothing else.")
    under_way.entries.append((entry, Payload(entry=entry, salt=salt, values=values)))
    under_way.done.append(Done(event, subject, record, by))


@contextmanager
def as_one() -> Iterator[None]:
    """Several operations, all or none of them, journalled and followed once at the end."""
    with transaction.atomic():
        under_way = UnderWay([], [])
        token = _under_way.set(under_way)
        try:
            yield
            _tell_followers(under_way)
        finally:
            _under_way.reset(token)


@contextmanager
def attempt() -> Iterator[None]:
    """Try one part of an operation. When it is refused nothing of it remains.

    Neither in the database nor in the journal, nor for the followers, so that whoever called
    may go on with the rest.
    """
    under_way = _under_way.get()
    since = under_way.mark() if under_way else None
    try:
        with transaction.atomic():
            yield
    except Refused:
        if under_way and since:
            under_way.forget_since(since)
        raise
