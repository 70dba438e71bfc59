"""When somebody takes or leaves the post of who answers for a service, or the practice there is
changed, everybody who works there may have something new to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from alongside.audit.operation import Done
from alongside.duties.recalculation import work_out_all
from alongside.duties.reckoning import rules_about
from alongside.organisation.models import Membership, Scheme
from alongside.team.facts import KIND
from alongside.team.statement import MANAGER


def follow(done: Sequence[Done]) -> None:
    """Work out again, for the whole service, who has to read it."""
    schemes: dict[UUID, Scheme] = {}
    for one in done:
        schemes |= {scheme.pk: scheme for scheme in _touched(one.subject, one.record)}
    for scheme in schemes.values():
        for rule in rules_about(KIND, scheme.pack):
            work_out_all(scheme, today=scheme.today(), only=rule.key)


def _touched(*records: Any) -> Iterator[Scheme]:
    for record in records:
        if isinstance(record, Membership) and record.role in record.scheme.pack.choices(MANAGER):
            yield record.scheme
