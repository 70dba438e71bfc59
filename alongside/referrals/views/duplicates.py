"""Files that may be one person's: the list, and the two files side by side."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.organisation.models import Staff
from alongside.referrals import queries
from alongside.referrals.forms import DecideDuplicateForm
from alongside.referrals.models import Referral
from alongside.residents.models import PossibleDuplicate, Resident
from alongside.residents.operations import decide_duplicate
from alongside.stays.models import Stay
from alongside.ui.pages import StaffRequest, go, page
from alongside.ui.paging import paged


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two files, as far as the reader may see it."""

    resident: Resident
    stays: list[Stay]
    referrals: list[Referral]

    @property
    def mine(self) -> bool:
        return bool(self.stays or self.referrals)

    @property
    def rows(self) -> list[tuple[str, object]]:
        who = self.resident
        born = f"{who.born_on:%-d %B %Y}" if who.born_on else who.born_words
        shared: list[tuple[str, object]] = [("Name", who.name), ("Date of birth", born)]
        if not self.mine:
            return shared
        return [
            *shared,
            ("Name on papers", who.legal_name),
            ("Gender", who.gender),
            ("Phone", who.phone),
            ("National number", who.national_number),
            ("Reference", who.reference),
            ("On file since", f"{who.recorded_at:%-d %B %Y}"),
        ]


@require_safe
def duplicates(request: StaffRequest, scheme: str) -> HttpResponse:
    """Pairs of files that may be one person's, undecided ones first."""
    here = queries.readable_scheme(request.user, scheme)
    listed = paged(request, queries.duplicates_here(request.user, here))
    context = {"scheme": here, "words": here.pack.terms, "paged": listed}
    return page(request, "referrals/duplicates.html", context)


@require_http_methods(["GET", "POST"])
def duplicate(request: StaffRequest, scheme: str, proposal_id: UUID) -> HttpResponse:
    """The two files side by side, and the decision. Nothing is ever merged or lost."""
    here = queries.readable_scheme(request.user, scheme)
    proposal = queries.duplicate_for(request.user, here, proposal_id)
    form = DecideDuplicateForm.from_request(request, proposal=proposal)
    if form.carry_out(decide_duplicate, here, by=request.user):
        return go(request, "referrals:duplicates", here.slug, says="The decision is saved.")
    context = {
        "scheme": here,
        "words": here.pack.terms,
        "proposal": proposal,
        "sides": sides_of(proposal, request.user),
        "form": form,
        "cannot": decide_duplicate.refusal(here, by=request.user),
    }
    return page(request, "referrals/duplicate.html", context)


def sides_of(proposal: PossibleDuplicate, reader: Staff) -> list[Side]:
    """Both files, each with the stays and referrals that the reader may know of."""
    both = [proposal.one, proposal.other]
    stays, referrals = queries.stays_and_referrals(reader, both)
    return [Side(one, stays.get(one.pk, []), referrals.get(one.pk, [])) for one in both]
