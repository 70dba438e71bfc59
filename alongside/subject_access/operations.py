"""Taking a request for one's own data, deciding about others in it, and making the bundle."""

from __future__ import annotations

from datetime import date

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.durations import Duration
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.rights.models import SEALS
from alongside.stays.models import Stay
from alongside.subject_access.gathering import (
    SEALED,
    digest_of,
    everything,
    mentions_in,
    sealed_of,
)
from alongside.subject_access.models import AccessRequest, Decision, Mention


def already_made(request: AccessRequest) -> Refused | None:
    """A bundle is made once; the next is a request of its own."""
    if request.made_at is None:
        return None
    return Refused("This bundle was made.", instead="Take a new request for what came later.")


@operation("access.requested", needs=Action.ANSWER_ACCESS_REQUEST)
def take_request(
    stay: Stay, *, by: Staff, received_on: date, identity_on: date, words: str = ""
) -> AccessRequest:
    """Write down that somebody asks for everything about them, and find what is about others.

    It is due after the pack's limit `access_request` in months, counted from the later of the day
    it came and the day we knew who asks. Refused for days to come, and while one is open.

    Source: UK GDPR Articles 12 and 15.
    """
    today = stay.scheme.today()
    for field, day in (("received_on", received_on), ("identity_on", identity_on)):
        if day > today:
            raise Refused(
                "That day has not come yet.", instead="Choose today or a day before.", field=field
            )
    months = Duration(months=int(stay.scheme.pack.limit("access_request")))
    request = AccessRequest.objects.create(
        stay=stay, received_on=received_on, identity_on=identity_on, words=words.strip(),
        due_on=months.after(max(received_on, identity_on)), recorded_by=by,
    )  # fmt: skip
    found = {text: (where, around) for text, where, around in mentions_in(stay, everything(stay))}
    Mention.objects.bulk_create(
        Mention(request=request, words=text, where=where[:200], context=around)
        for text, (where, around) in found.items()
    )
    Mention.objects.bulk_create(
        Mention(request=request, sealed=one, words=f"Under seal {number}: {one.kind_says}",
                where=f"{SEALED}.words")
        for number, one in enumerate(sealed_of(stay), start=1)
    )  # fmt: skip
    return request


@operation("access.decided", needs=Action.ANSWER_ACCESS_REQUEST)
def decide_mention(mention: Mention, *, by: Staff, decision: str, reason: str) -> Mention:
    """Withhold words about somebody else, or release them, with the reason.

    Refused without a reason, once the bundle was made, and for what is under seal without the
    right to read its kind.
    """
    if refusal := already_made(mention.request):
        raise refusal
    if mention.sealed and not by.may(SEALS[mention.sealed.kind], mention.sealed):
        raise NotPermitted("You may not read what is there.", instead="Ask somebody who may.")
    if decision not in Decision:
        raise Refused("That is not on the list.", instead="Choose one.", field="decision")
    if not reason.strip():
        raise Refused(
            "A decision about somebody else needs its reason.", instead="Say why.", field="reason"
        )
    mention.decision, mention.reason = decision, reason.strip()
    mention.decided_by, mention.decided_at = by, clock.now()
    mention.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    return mention


@operation("access.bundle_made", needs=Action.ANSWER_ACCESS_REQUEST, unless=already_made)
def make_bundle(request: AccessRequest, *, by: Staff) -> AccessRequest:
    """Close the request: from now on its bundle can be handed over.

    Refused while words about others wait for a decision.
    """
    waiting = request.mentions.filter(decision="").count()
    if waiting:
        raise Refused(
            f"{waiting} {'passage' if waiting == 1 else 'passages'} about others"
            f" {'waits' if waiting == 1 else 'wait'} for a decision.",
            instead="Withhold or release each of them first.",
        )
    request.made_at, request.made_by = clock.now(), by
    request.digest = digest_of(request)
    request.save(update_fields=["made_at", "made_by", "digest"])
    return request
