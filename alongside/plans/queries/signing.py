"""Who signs a plan or a weekly form, who has, and who still has to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from alongside.kit.records import AtScheme
from alongside.organisation.models import Scheme, Staff
from alongside.plans.models import Plan, WeeklyForm
from alongside.practice.actions import Action
from alongside.practice.signers import PLAN, RESIDENT, WEEKLY_FORM, WORKER, Signer
from alongside.signatures.models import Signature

ONCE_SIGNED_BY: tuple[dict[str, Any], ...] = (
    {"key": RESIDENT, "says": "The person", "required": True, "roles": []},
    {"key": WORKER, "says": "The worker", "required": True, "roles": []},
)


class Signed(AtScheme, Protocol):
    """A paper that is signed, of whatever room."""

    @property
    def scheme(self) -> Scheme: ...


@dataclass(frozen=True, slots=True)
class Signing:
    """One party: their yes, else their last no; and how whoever looks can take their signature.

    `how` is `outside` for a person who signs with their name, `self` for whoever looks at it,
    `place` for signing in the place of a colleague, and empty when they cannot.
    """

    signer: Signer
    yes: Signature | None
    no: Signature | None
    how: str = ""

    @property
    def waits(self) -> bool:
        """Whether the words wait for this signature."""
        return self.signer.required and self.yes is None


def signers_of(paper: Plan | WeeklyForm) -> list[Signer]:
    """Who signs this: as it was sealed, else as the practice has it now.

    What was sealed before practices said so was signed by the person and their worker.
    """
    if not paper.is_sealed():
        document = PLAN if isinstance(paper, Plan) else WEEKLY_FORM
        return list(paper.scheme.pack.signers[document])
    return as_sealed((paper.content or {}).get("signers", ONCE_SIGNED_BY))


def as_sealed(held: Iterable[dict[str, Any]]) -> list[Signer]:
    """The list of those who sign, as it was kept with the words."""
    return [
        Signer(
            key=one["key"], says=one["says"], source="", required=one["required"],
            roles=tuple(one["roles"]),
        )
        for one in held
    ]  # fmt: skip


def who_signs(
    paper: Plan | WeeklyForm, signatures: Iterable[Signature], staff: Staff
) -> list[Signing]:
    """Every party to this paper in the order of the practice; no queries besides `signatures`."""
    return parties(paper, signers_of(paper), signatures, staff, needs=Action.SIGN_PLAN)


def parties(
    paper: Signed,
    signers: Iterable[Signer],
    signatures: Iterable[Signature],
    staff: Staff,
    *,
    needs: Action,
) -> list[Signing]:
    """Each of these signers of a paper; `needs` is what a role must include to take a signature."""
    given = list(signatures)
    return [
        Signing(
            signer,
            next((one for one in given if one.party == signer.key and not one.refused), None),
            next((one for one in given[::-1] if one.party == signer.key and one.refused), None),
            _how(paper, signer, staff, needs),
        )
        for signer in signers
    ]


def _how(paper: Signed, signer: Signer, staff: Staff, needs: Action) -> str:
    if not signer.is_further or not staff.may(needs, paper):
        return ""
    if not signer.roles:
        return "outside"
    own = {post.role for post in staff.whole_posts if post.scheme_id == paper.scheme_id}
    if own & set(signer.roles):
        return "self"
    substitutes = paper.scheme.pack.has("substitute_signature")
    return "place" if substitutes and staff.may(Action.SIGN_AS_SUBSTITUTE, paper) else ""
