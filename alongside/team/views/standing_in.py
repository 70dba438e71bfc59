"""Who stands in for whom, and what they did meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.views.decorators.http import require_http_methods, require_safe

from alongside.kit import clock
from alongside.organisation.queries import scheme_for, staff_at
from alongside.practice.actions import Action
from alongside.team import forms, operations, queries
from alongside.team.powers import in_plain, offered
from alongside.team.views.roles import around, asked
from alongside.ui.pages import StaffRequest, page
from alongside.ui.paging import paged

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from alongside.organisation.models import Membership


DELEGATED = (
    "They accept or decline it under “Standing in”: no letter goes out, so tell them. Until they"
    " accept it is yours alone. It lends no power: what they do, they do in their own name,"
    " within their own role. You stay accountable for what you delegate, and either of you"
    " can end it."
)


@require_safe
def stand_ins(request: StaffRequest, scheme: str) -> HttpResponse:
    """Everybody who stands in, stood in or is to, the latest first."""
    here = scheme_for(request.user, scheme)
    shown = around(
        request, here, "stand-ins", paged=paged(request, queries.stand_ins_at(here)),
        now=clock.now(),
        away_most=here.pack.limit("manager_away").number,
    )  # fmt: skip
    return page(request, "team/stand_ins.html", shown)


@require_safe
def stand_in(request: StaffRequest, stand_in_id: UUID) -> HttpResponse:
    """One of them: who for whom, with what, and what was done meanwhile."""
    one = queries.stand_in_for(request.user, stand_in_id)
    duties = one.scheme.pack.choices("responsibilities")
    shown = {
        "one": one,
        "here": one.scheme,
        "is_over": one.is_over(clock.now()),
        "responsibilities": [said for key in one.responsibilities if (said := duties.get(key))],
        "powers": [in_plain(power, one.scheme.pack) for power in one.powers],
        "done": queries.done_for(one),
        "mine_to_answer": one.staff == request.user
        and operations.answer_delegation.refusal(one, by=request.user) is None,
    }
    return page(request, "team/stand_in.html", shown)


@require_http_methods(["GET", "POST"])
def arrange(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Lend the powers of a post for a time."""
    post = queries.membership_for(request.user, membership_id, needs=Action.ARRANGE_STAND_IN)
    here = post.scheme
    form = forms.StandInForm.from_request(
        request,
        colleagues=staff_at(here).exclude(pk=post.staff_id),
        powers=offered(here.pack.role(post.role).may, here.pack),
    )
    return asked(request, here, form, operations.arrange_stand_in, post,
                 title=f"Stand in for {post.staff.name}, {post.role_says}",
                 intro=_what_follows(post),
                 says="It is arranged.", then=("team:stand-ins", here.slug))  # fmt: skip


@require_http_methods(["GET", "POST"])
def delegate(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Hand responsibilities of one’s own post to somebody."""
    post = queries.membership_for(request.user, membership_id, needs=Action.DELEGATE)
    if post.staff != request.user:
        raise Http404
    here = post.scheme
    form = forms.DelegateForm.from_request(
        request, scheme=here, colleagues=staff_at(here).exclude(pk=post.staff_id),
        initial={"from_at": clock.now()},
    )  # fmt: skip
    return asked(request, here, form, operations.delegate, post,
                 title="Delegate", intro=DELEGATED,
                 says="They are asked to accept it.",
                 then=("team:stand-ins", here.slug))  # fmt: skip


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, stand_in_id: UUID) -> HttpResponse:
    """End it before its time."""
    one = queries.stand_in_for(request.user, stand_in_id)
    return asked(request, one.scheme, forms.SureForm.from_request(request),
                 operations.end_stand_in, one,
                 title=f"{one.staff.name} for {one.instead_of.name}: end it now",
                 says="It is over.", grave=True, button="End it now",
                 then=("team:stand-in", one.pk))  # fmt: skip


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, stand_in_id: UUID) -> HttpResponse:
    """Accept or decline what is delegated to oneself."""
    one = queries.stand_in_for(request.user, stand_in_id)
    form = forms.AnswerForm.from_request(request)
    return asked(request, one.scheme, form, operations.answer_delegation, one,
                 title=f"{one.instead_of.name} delegates to {one.staff.name}",
                 says="Answered.", then=("team:stand-in", one.pk), button="Answer")  # fmt: skip


def _what_follows(post: Membership) -> str:
    """What happens once somebody stands in: who is told, who accepts, and what is written down."""
    who, longest = post.staff.name, post.scheme.pack.limit("stand_in_most").number
    return (
        "It holds from the time you set: nobody has to accept it, and no letter goes out, so tell"
        f" them yourself. Meanwhile every page of theirs says that they are acting for {who}, and"
        f" what needs these powers is written down as done for {who}, who reads it under “Standing"
        f" in”. The powers end by themselves at the time you set, after {longest} days at most."
    )
