"""Saying that one has read who answers for the service, and what they owe."""

from __future__ import annotations

from django.db.models import Max

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.team.models import Acknowledgement, ServiceStatement
from alongside.team.statement import since, statement_of


@operation("service_statement.acknowledged", needs=None)
def acknowledge(scheme: Scheme, *, by: Staff, digest: str) -> Acknowledgement:
    """Say that one has read who the registered manager is and what they owe, in this version.

    `digest` names the version that was read. Refused when it changed meanwhile, when one has
    acknowledged it already, and to whoever does not work here.

    Source: Supported Living Co-ordinator job description (source 004), Well led.
    """
    if not Membership.objects.current(scheme.today()).filter(scheme=scheme, staff=by).exists():
        raise Refused("You do not work here.", instead="Read it where you work.")
    now = statement_of(scheme)
    if now.digest != digest:
        raise Refused(
            "This has changed since you opened it.", instead="Read it again as it stands now."
        )
    known = ServiceStatement.objects.filter(scheme=scheme)
    version = known.filter(digest=digest).first()
    if version is None:
        last = known.aggregate(last=Max("number"))["last"] or 0
        version = ServiceStatement.objects.create(
            scheme=scheme, number=last + 1, digest=digest, content=now.content,
            stands_since=since(scheme),
        )  # fmt: skip
    return Acknowledgement.objects.create(statement=version, staff=by)
