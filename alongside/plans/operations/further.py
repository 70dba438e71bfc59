"""The signature of somebody besides the person and their worker, where the practice asks for one.

It may be a colleague in one of the roles that the practice names, such as the manager, or somebody
from outside who signs with their name: a social worker, whānau, an advocate.
"""

from __future__ import annotations

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Membership, Staff
from alongside.plans.models import Plan, WeeklyForm
from alongside.plans.operations.locking import (
    Paper,
    is_settled,
    require_another_hand,
    save_signed,
    seal,
)
from alongside.plans.queries.signing import Signed, signers_of
from alongside.practice.actions import Action
from alongside.practice.signers import Signer
from alongside.signatures.queries import signatures_on
from alongside.signatures.signing import Further, Mark, No, refuse_to_sign, sign_for_further


def is_over(paper: Paper) -> Refused | None:
    """Who only may sign may do so once the words are in force too, until they are replaced."""
    if paper.in_force_at and any(one.is_further for one in signers_of(paper)):
        return is_settled(paper) if isinstance(paper, Plan) and paper.replaced_at else None
    return is_settled(paper)


@operation("plan.agreed_by_further", needs=Action.SIGN_PLAN, unless=is_over)
def agree_as_further(
    plan: Plan, *, by: Staff, party: str, mark: Mark, name: str = "", reason: str = ""
) -> Plan:
    """Take the signature of a further party, by the key of the pack's list `signers.plan`.

    A party with roles is signed by a colleague who has one; another signs in their place, with a
    reason, where the practice knows substitutes. A party from outside gives a name. Refused when
    nobody asks for that signature, when it was given, and when one hand would sign twice.
    Source: Key worker guidance, 3.4 (agreed with relevant others).
    """
    return _signs(plan, by, mark, party=party, name=name, reason=reason)


@operation("plan.refused_by_further", needs=Action.SIGN_PLAN, unless=is_over)
def refuse_as_further(plan: Plan, *, by: Staff, party: str, no: No, name: str = "") -> Plan:
    """Record that a further party does not sign, and why. They can be asked again at any time."""
    return _refuses(plan, by, party, no, name)


@operation("weekly_form.agreed_by_further", needs=Action.SIGN_PLAN, unless=is_over)
def agree_week_as_further(
    form: WeeklyForm, *, by: Staff, party: str, mark: Mark, name: str = "", reason: str = ""
) -> WeeklyForm:
    """Take the signature of a further party on the weekly form, as `agree_as_further` does."""
    return _signs(form, by, mark, party=party, name=name, reason=reason)


@operation("weekly_form.refused_by_further", needs=Action.SIGN_PLAN, unless=is_over)
def refuse_week_as_further(
    form: WeeklyForm, *, by: Staff, party: str, no: No, name: str = ""
) -> WeeklyForm:
    """Record that a further party does not sign the weekly form."""
    return _refuses(form, by, party, no, name)


def further_signer(paper: Paper, party: str) -> Signer:
    """That party of this paper, besides the person and the worker.

    Raises Refused when it is not on its list.
    """
    found = next((one for one in signers_of(paper) if one.key == party and one.is_further), None)
    if found is None:
        raise Refused("Nobody signs this as that.", instead="Choose one of those who sign it.")
    return found


def in_whose_place(paper: Signed, signer: Signer, staff: Staff) -> Staff | None:
    """The colleague for whom this person would sign; nobody if they have the role themselves."""
    own = {post.role for post in staff.whole_posts if post.scheme_id == paper.scheme_id}
    if not signer.roles or own & set(signer.roles):
        return None
    held = Membership.objects.current(paper.scheme.today()).filter(
        scheme=paper.scheme, role__in=signer.roles
    )
    first = sorted(held.at_hand(), key=lambda one: signer.roles.index(one.role))
    return first[0].staff if first else None


def _signs[P: Paper](paper: P, by: Staff, mark: Mark, *, party: str, name: str, reason: str) -> P:
    signer = further_signer(paper, party)
    _require_open(paper, signer)
    absent = in_whose_place(paper, signer, by)
    require_may_sign(paper, by, absent)
    if signer.roles:
        require_another_hand(paper, by)
    sign_for_further(
        paper,
        paper.stay,
        seal(paper),
        who=who_is(signer, by, name),
        mark=mark,
        taken_by=by,
        in_absence_of=absent,
        reason=reason_of(reason) if absent else "",
    )
    return save_signed(paper)


def _refuses[P: Paper](paper: P, by: Staff, party: str, no: No, name: str) -> P:
    signer = further_signer(paper, party)
    _require_open(paper, signer)
    if in_whose_place(paper, signer, by):
        raise Refused(
            f"Only the {signer.says[:1].lower()}{signer.says[1:]} can say no for themselves.",
            instead="Ask them to say so here.",
        )
    refuse_to_sign(paper, paper.stay, seal(paper), no=no, taken_by=by, who=who_is(signer, by, name))
    return save_signed(paper)


def _require_open(paper: Paper, signer: Signer) -> None:
    if signatures_on(paper).filter(refused=False, party=signer.key).exists():
        raise Refused(
            f"{signer.says} has signed this already.", instead="See who still has to sign."
        )


def require_may_sign(paper: Signed, by: Staff, absent: Staff | None) -> None:
    """Refuse whoever may not sign in the place of a colleague who is away."""
    if absent is None:
        return
    if not paper.scheme.pack.has("substitute_signature"):
        raise Refused("Nobody signs for a colleague here.", instead=f"Ask {absent} to sign.")
    if not by.may(Action.SIGN_AS_SUBSTITUTE, paper):
        raise Refused(
            "Your role does not sign in the place of a colleague.", instead=f"Ask {absent} to sign."
        )


def reason_of(reason: str) -> str:
    """Why the colleague is away; refused without."""
    if reason.strip():
        return reason
    raise Refused(
        "Signing for a colleague needs the reason they are away.",
        instead="Say why, for example: on leave until Monday.",
        field="reason",
    )


def who_is(signer: Signer, by: Staff, name: str) -> Further:
    """As whom they sign and by what name; refused when somebody from outside gives none."""
    if signer.roles:
        return Further(party=signer.key, says=signer.says, name=by.name, staff=by)
    if not name.strip():
        raise Refused(
            "It does not say who signs.",
            instead="Write their name, as they sign it.",
            field="name",
        )
    return Further(party=signer.key, says=signer.says, name=name.strip())
