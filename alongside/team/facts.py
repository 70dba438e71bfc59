"""What duties may know of who answers for a service: since when it stands so, and who read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from alongside.duties.engine import Happening
from alongside.duties.facts import provides
from alongside.duties.subjects import About, subject_kind
from alongside.organisation.models import Membership
from alongside.team.models import Acknowledgement, ServiceStatement
from alongside.team.statement import since, statement_of

KIND = "reader"


def _posts() -> QuerySet[Membership]:
    return Membership.objects.select_related("staff", "scheme__organisation")


def _first_posts() -> QuerySet[Membership]:
    same = Membership.objects.filter(staff=OuterRef("staff"), scheme=OuterRef("scheme"))
    earlier = Q(from_on__lt=OuterRef("from_on")) | Q(
        from_on=OuterRef("from_on"), pk__lt=OuterRef("pk")
    )
    return _posts().filter(~Exists(same.filter(earlier)), staff__is_active=True)


@subject_kind(
    KIND,
    model=Membership,
    named=["first_post"],
    reads=[Membership],
    rows=_first_posts,
    current=lambda scheme: Q(scheme=scheme),
)
def about_a_reader(post: Membership) -> About:
    """Whoever works at a service, once however many roles they have there: the first post stands
    for all of them, from its first day until the last day of the last one."""
    theirs = list(_posts().filter(staff=post.staff_id, scheme=post.scheme_id))
    theirs.sort(key=lambda one: (one.from_on, one.pk))
    ends = [one.until_on for one in theirs if one.until_on]
    return About(
        row=theirs[0],
        scheme=post.scheme,
        starts_on=theirs[0].from_on,
        ended_on=max(ends) if len(ends) == len(theirs) else None,
        worker=post.staff,
        says=post.staff.name,
        url=reverse("team:service", args=[post.scheme.slug]),
    )


@provides("service_statement.stands", subject=KIND, reads=[Membership])
def stands(post: Membership, of: str) -> Sequence[Happening]:
    """The day since which it stands as it does who answers for the service; for who came later,
    their own first day. Of earlier versions only those that they have read."""
    scheme, digest = post.scheme, statement_of(post.scheme).digest
    mine = Acknowledgement.objects.filter(staff=post.staff_id)
    kept = ServiceStatement.objects.filter(scheme=scheme)
    kept = kept.filter(Q(digest=digest) | Exists(mine.filter(statement=OuterRef("pk"))))
    known = dict(kept.values_list("digest", "stands_since"))
    known[digest] = known.get(digest) or since(scheme)
    days = ((on or date.min, version) for version, on in known.items())
    return sorted(Happening(max(post.from_on, on), version) for on, version in days)


@provides("service_statement.read", subject=KIND, reads=[Acknowledgement])
def read(post: Membership, of: str) -> Sequence[Happening]:
    """The day they said that they had read a version; it names the version."""
    zone = post.scheme.zone
    found = Acknowledgement.objects.filter(staff=post.staff_id, statement__scheme=post.scheme_id)
    rows = found.order_by("acknowledged_at").values_list("statement__digest", "acknowledged_at")
    return [Happening(at.astimezone(zone).date(), digest) for digest, at in rows]
