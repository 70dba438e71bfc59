"""Taking a request for one's own data, deciding about others in it, and making the bundle."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain

from alongside.audit.operation import operation
from alongside.documents.models import Document
from alongside.kit import clock
from alongside.kit.durations import Duration
from alongside.kit.records import new_key
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.rights.models import SEALS
from alongside.stays.models import Stay
from alongside.subject_access.gathering import SEALED, digest_of, passages_of, sealed_of
from alongside.subject_access.models import AccessRequest, Decision, Mention
from alongside.subject_access.others import SHORTEST, in_words, others_in
from alongside.subject_access.passages import PAPERS, Key, file_fields, is_about_others

LONGEST_WORDS = 120


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
    _propose(request, _passages(request))
    return request


@operation("access.looked_again", needs=Action.ANSWER_ACCESS_REQUEST, unless=already_made)
def look_again(request: AccessRequest, *, by: Staff) -> AccessRequest:
    """Look through the file once more: what was written about others since is proposed, and what is
    not there any more is proposed no longer. What was decided stays decided."""
    _propose(request, _passages(request))
    return request


@operation("access.words_withheld", needs=Action.ANSWER_ACCESS_REQUEST, unless=already_made)
def look_for(request: AccessRequest, *, by: Staff, name: str) -> AccessRequest:
    """Look for words that name somebody else as well, such as a nickname, and propose them.

    Refused for words that are too short or too long, and where the file does not say them.
    """
    sought = in_words(name)
    if len("".join(sought)) < SHORTEST:
        raise Refused(
            "That is too short to look for.", instead=f"Write {SHORTEST} letters or more.",
            field="name",
        )  # fmt: skip
    if len(name.strip()) > LONGEST_WORDS:
        raise Refused(
            "That is too long to look for.", instead=f"Write at most {LONGEST_WORDS} letters.",
            field="name",
        )  # fmt: skip
    request.also = [*request.also, name.strip()]
    found = _passages(request)
    if not found - _proposed(request):
        raise Refused(
            "The file says that nowhere, or it is proposed already.",
            instead="Look at how it is written there.", field="name",
        )  # fmt: skip
    request.save(update_fields=["also"])
    _propose(request, found)
    return request


@operation("access.decided", needs=Action.ANSWER_ACCESS_REQUEST)
def decide_mention(
    mention: Mention, *, by: Staff, decision: str, reason: str, everywhere: bool = False
) -> Mention:
    """Withhold words about somebody else, withhold everything that stands there, or release them,
    with the reason; `everywhere`: so it is for the same words wherever they wait in this file.

    Refused without a reason, once the bundle was made, and for what is under seal or restricted
    without the right to read it.
    """
    if refusal := already_made(mention.request):
        raise refusal
    _require_reader(mention, by)
    if decision not in decisions_for(mention):
        raise Refused("That is not on the list.", instead="Choose one.", field="decision")
    if not reason.strip():
        raise Refused(
            "A decision about somebody else needs its reason.", instead="Say why.", field="reason"
        )
    others = same_words(mention) if everywhere else ()
    for one in chain([mention], others):
        one.decision, one.reason = decision, reason.strip()
        one.decided_by, one.decided_at = by, clock.now()
        one.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    return mention


@operation("access.bundle_made", needs=Action.ANSWER_ACCESS_REQUEST, unless=already_made)
def make_bundle(request: AccessRequest, *, by: Staff) -> AccessRequest:
    """Close the request: from now on its bundle can be handed over. It holds what was there now.

    Refused while words about others wait for a decision, also such as were written since the file
    was looked through.
    """
    waiting = request.mentions.filter(decision="").count()
    if waiting:
        raise Refused(
            f"{waiting} {'passage' if waiting == 1 else 'passages'} about others"
            f" {'waits' if waiting == 1 else 'wait'} for a decision.",
            instead="Withhold or release each of them first.",
        )
    if _passages(request) - _proposed(request):
        raise Refused(
            "Words about others were written in the file since it was looked through.",
            instead="Look through it again, and decide about them.",
        )
    request.made_at, request.made_by, request.up_to = clock.now(), by, new_key()
    request.digest = digest_of(request)
    request.save(update_fields=["made_at", "made_by", "digest", "up_to"])
    return request


def decisions_for(mention: Mention) -> list[Decision]:
    """What can be decided: words are withheld apart only where more stands around them."""
    if mention.sealed_id or _is_a_file(mention) or is_about_others(mention.where):
        return [Decision.WITHHOLD, Decision.RELEASE]
    return list(Decision)


def same_words(mention: Mention) -> Iterable[Mention]:
    """The other passages of the request with the same words that still wait; none for what is under
    seal and for files, which are each their own."""
    if mention.sealed_id or _is_a_file(mention):
        return Mention.objects.none()
    found = Mention.objects.filter(request=mention.request_id, decision="", sealed=None)
    return found.filter(words_key=mention.words_key).exclude(pk=mention.pk)


def _require_reader(mention: Mention, by: Staff) -> None:
    """What is sealed asks for the right to its kind, a restricted paper for the right to those."""
    if mention.sealed:
        may = by.may(SEALS[mention.sealed.kind], mention.sealed)
    elif mention.where == PAPERS and mention.row:
        may = Document.objects.visible_to(by).filter(pk=mention.row).exists()
    else:
        return
    if not may:
        raise NotPermitted("You may not read what is there.", instead="Ask somebody who may.")


def _is_a_file(mention: Mention) -> bool:
    label, _, field = mention.where.rpartition(".")
    return field in file_fields(label)


def _passages(request: AccessRequest) -> set[Key]:
    others = others_in(request.stay, request.also)
    return {one.key for one in passages_of(request.stay, others)}


def _proposed(request: AccessRequest) -> set[Key]:
    """What was proposed or decided; what holds wherever words stand, holds for all of them."""
    known = request.mentions.filter(sealed=None).values_list("where", "row", "words_key")
    return {(where, row, key) for where, row, key in known if row}


def _propose(request: AccessRequest, found: set[Key]) -> None:
    """Propose what is new, and no longer what is gone and was not decided about."""
    known = {(one.where, one.row, one.words_key): one for one in request.mentions.all()}
    gone = [
        one.pk for key, one in known.items() if not (one.sealed_id or one.decision or key in found)
    ]
    request.mentions.filter(pk__in=gone).delete()
    Mention.objects.bulk_create(
        Mention(request=request, where=where, row=row, words_key=key)
        for where, row, key in sorted(found - known.keys())
    )
    there = {one.sealed_id for one in known.values()}
    Mention.objects.bulk_create(
        Mention(request=request, sealed=one, where=f"{SEALED}.words")
        for one in sealed_of(request.stay)
        if one.pk not in there
    )
