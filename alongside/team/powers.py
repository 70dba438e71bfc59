"""What a role may do, in words and in groups, as one chooses among them.

`{plan}` and the like are the words of the practice; `{plan_s}` is the plural.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from alongside.practice.actions import Action
from alongside.practice.contents import Pack

GROUPS: dict[str, dict[Action, str]] = {
    "Files": {
        Action.READ_FILE: "Open the files of {resident_s}",
        Action.READ_RESTRICTED: "Read what few may read",
        Action.EDIT_RESIDENT: "Put right the details of {resident_s}",
        Action.UPLOAD_DOCUMENT: "Add documents",
        Action.SEAL_DETAILS: "Put details under seal",
        Action.READ_SEALED_ADDRESS: "Read sealed addresses",
        Action.READ_SEALED_HEALTH: "Read sealed health",
        Action.READ_SAFEGUARDING: "Read what is sealed to keep somebody safe",
        Action.READ_THIRD_PARTY: "Read what others said in confidence",
        Action.LIMIT_FILE: "Say who may open a file",
        Action.BREAK_GLASS: "Open a file in an emergency",
        Action.REVIEW_BREAK_GLASS: "Look at what was opened in an emergency",
        Action.SHARE_INFORMATION: "Share with agencies",
        Action.ANSWER_ACCESS_REQUEST: "Give somebody their own data",
        Action.KEEP_DATA_BREACHES: "Keep the register of data breaches",
        Action.PROPOSE_ERASURE: "Propose that a file is erased",
        Action.DECIDE_ERASURE: "Decide that a file is erased",
    },
    "Coming and leaving": {
        Action.REGISTER_REFERRAL: "Take {referral_s}",
        Action.HOLD_INTERVIEW: "Hold the {interview}",
        Action.DECIDE_REFERRAL: "Decide on {referral_s}",
        Action.OVERRIDE_RULE: "Set a rule of the house aside, with the reason",
        Action.OFFER_BED: "Offer a {bed}",
        Action.MANAGE_BEDS: "Look after the {bed_s}",
        Action.ADMIT: "Move somebody in",
        Action.HOLD_INDUCTION: "Hold the {induction}",
        Action.END_STAY: "Move somebody out",
        Action.EXPLAIN_AGREEMENT: "Explain agreements and take signatures",
        Action.RECORD_BREACH: "Record a breach",
        Action.PUBLISH_AGREEMENT: "Publish the words of an agreement",
        Action.PLAN_MOVE_ON: "Plan moving on",
        Action.CONFIRM_MOVE_ON_PLAN: "Confirm the plan for moving on",
        Action.PROVIDE_AFTERCARE: "Support somebody after the move",
        Action.APPROVE_AFTERCARE: "Approve support after the move",
        Action.KEEP_TENANCY: "Look after a tenancy",
    },
    "Key work": {
        Action.ALLOCATE_KEY_WORKER: "Name the {key_worker}",
        Action.OVERRIDE_CASELOAD: "Give a {key_worker} one more than the most",
        Action.ASK_FOR_CHANGE_OF_KEY_WORKER: "Ask for another {key_worker}",
        Action.DECIDE_CHANGE_OF_KEY_WORKER: "Decide about another {key_worker}",
        Action.OFFER_SLOTS: "Offer times",
        Action.BOOK_SESSION: "Book a {session}",
        Action.RECORD_KEY_WORK: "Record a {session}",
        Action.WRITE_NOTE: "Write a {note}",
        Action.CORRECT_NOTE: "Correct a {note}",
        Action.MOVE_NOTE: "Move a {note} to the right file",
        Action.REMOVE_NOTE: "Take a {note} out of sight",
        Action.WRITE_REPORT: "Write a {report}",
    },
    "Assessment, plan and reviews": {
        Action.ASSESS: "Assess",
        Action.WRITE_PLAN: "Write the {plan}",
        Action.SIGN_PLAN: "Sign the {plan}",
        Action.SIGN_AS_SUBSTITUTE: "Sign in the place of a colleague",
        Action.REPORT_ACTION: "Say that an {action} is done",
        Action.VERIFY_ACTION: "Check an {action}",
        Action.ADD_TO_AGENDA: "Add to an agenda",
        Action.SET_UP_REVIEW: "Set up a {review}",
        Action.HOLD_REVIEW: "Hold a {review}",
        Action.HOLD_MANAGER_REVIEW: "Hold the manager’s {review}",
    },
    "Progress, money and evenings": {
        Action.OFFER_EVIDENCE: "Offer {evidence}",
        Action.VERIFY_EVIDENCE: "Verify {evidence}",
        Action.SET_APPLICABILITY: "Say that a {task} does not apply",
        Action.WAIVE_TASK: "Waive or replace a {task}",
        Action.PROMOTE: "Confirm a promotion",
        Action.DEMOTE: "Move somebody back",
        Action.RECONCILE_EVIDENCE: "Compare what is reported with its {evidence}",
        Action.RECORD_BENEFITS: "Record benefits and money",
        Action.RECORD_SPENDING: "Ask for money to be spent",
        Action.APPROVE_SPENDING: "Approve what is spent",
        Action.KEEP_REGISTER: "Keep registers",
        Action.BOOK_NIGHT_OUT: "Book a {night_out}",
        Action.OVERRIDE_NIGHTS_OUT: "Book one {night_out} more than allowed",
    },
    "The team": {
        Action.REPORT_ABSENCE: "Say that somebody is away",
        Action.DECIDE_LEAVE: "Decide about leave",
        Action.ARRANGE_COVER: "Arrange cover",
        Action.KEEP_ROTA: "Keep the rota",
        Action.KEEP_HOURS: "Keep the hours",
        Action.WRITE_CONTINGENCY_PLAN: "Write what to do when something fails",
        Action.ARRANGE_STAND_IN: "Lend the powers of a post",
        Action.DELEGATE: "Delegate",
        Action.GIVE_OTHER_DUTY: "Ask a colleague for something once",
        Action.MANAGE_STAFF: "Give and end roles",
    },
    "The service": {
        Action.MANAGE_SCHEME: "Change how we work here",
        Action.IMPORT_RECORDS: "Import spreadsheets",
        Action.READ_JOURNAL: "Read the journal",
        Action.READ_REPORTS: "Read figures",
        Action.RELEASE_EXPORT: "Release a list that somebody else takes out",
        Action.EXCUSE_DUTY: "Excuse what is owed",
    },
}


def offered(may: Collection[str], pack: Pack) -> list[tuple[str, list[tuple[str, str]]]]:
    """These powers in their groups, in the words of the practice; a group with none is left out."""
    found = []
    for group, powers in GROUPS.items():
        mine = [(one.value, in_plain(one, pack)) for one in powers if one in may]
        if mine:
            found.append((group, mine))
    return found


def in_plain(power: str, pack: Pack) -> str:
    """One power in words."""
    words = {term.key: term.singular for term in pack.terms}
    many = {f"{term.key}_s": term.plural for term in pack.terms}
    known = _Words(words | many)
    return WORD.sub(lambda found: known[found[1]], _SAYS[Action(power)])


WORD = re.compile(r"\{([a-z_]+)\}")
_SAYS = {power: says for powers in GROUPS.values() for power, says in powers.items()}


class _Words(dict[str, str]):
    """A practice need not have a word for everything: then the plain one stands."""

    def __missing__(self, key: str) -> str:
        many = key.endswith("_s")
        return f"{key.removesuffix('_s').replace('_', ' ')}{'s' if many else ''}"
