"""Everything a person can be permitted to do. Packs say which roles may; code says what."""

from __future__ import annotations

from enum import StrEnum, auto


class Action(StrEnum):
    """One thing somebody may or may not do. Packs name them in small letters: "read_file"."""

    READ_FILE = auto()
    READ_RESTRICTED = auto()
    EDIT_RESIDENT = auto()

    REGISTER_REFERRAL = auto()
    HOLD_INTERVIEW = auto()
    DECIDE_REFERRAL = auto()
    OVERRIDE_RULE = auto()
    OFFER_BED = auto()
    MANAGE_BEDS = auto()
    ADMIT = auto()
    HOLD_INDUCTION = auto()
    END_STAY = auto()

    EXPLAIN_AGREEMENT = auto()
    RECORD_BREACH = auto()
    PUBLISH_AGREEMENT = auto()

    ALLOCATE_KEY_WORKER = auto()
    OVERRIDE_CASELOAD = auto()
    ASK_FOR_CHANGE_OF_KEY_WORKER = auto()
    DECIDE_CHANGE_OF_KEY_WORKER = auto()

    REPORT_ABSENCE = auto()
    DECIDE_LEAVE = auto()
    ARRANGE_COVER = auto()

    KEEP_ROTA = auto()
    KEEP_HOURS = auto()
    WRITE_CONTINGENCY_PLAN = auto()

    OFFER_SLOTS = auto()
    BOOK_SESSION = auto()
    RECORD_KEY_WORK = auto()
    WRITE_NOTE = auto()
    CORRECT_NOTE = auto()
    MOVE_NOTE = auto()
    REMOVE_NOTE = auto()
    WRITE_REPORT = auto()

    ASSESS = auto()
    WRITE_PLAN = auto()
    SIGN_PLAN = auto()
    SIGN_AS_SUBSTITUTE = auto()
    REPORT_ACTION = auto()
    VERIFY_ACTION = auto()

    OFFER_EVIDENCE = auto()
    VERIFY_EVIDENCE = auto()
    SET_APPLICABILITY = auto()
    WAIVE_TASK = auto()
    PROMOTE = auto()
    DEMOTE = auto()
    RECONCILE_EVIDENCE = auto()

    ADD_TO_AGENDA = auto()
    SET_UP_REVIEW = auto()
    HOLD_REVIEW = auto()
    HOLD_MANAGER_REVIEW = auto()

    PLAN_MOVE_ON = auto()
    CONFIRM_MOVE_ON_PLAN = auto()
    PROVIDE_AFTERCARE = auto()
    APPROVE_AFTERCARE = auto()
    KEEP_TENANCY = auto()

    RECORD_BENEFITS = auto()
    RECORD_SPENDING = auto()
    APPROVE_SPENDING = auto()
    KEEP_REGISTER = auto()
    BOOK_NIGHT_OUT = auto()
    OVERRIDE_NIGHTS_OUT = auto()
    UPLOAD_DOCUMENT = auto()

    READ_SEALED_ADDRESS = auto()
    READ_SAFEGUARDING = auto()
    READ_SEALED_HEALTH = auto()
    READ_THIRD_PARTY = auto()
    SEAL_DETAILS = auto()
    LIMIT_FILE = auto()
    BREAK_GLASS = auto()
    REVIEW_BREAK_GLASS = auto()

    ARRANGE_STAND_IN = auto()
    DELEGATE = auto()
    MANAGE_STAFF = auto()
    GIVE_OTHER_DUTY = auto()
    MANAGE_SCHEME = auto()
    IMPORT_RECORDS = auto()
    SHARE_INFORMATION = auto()
    ANSWER_ACCESS_REQUEST = auto()
    KEEP_DATA_BREACHES = auto()
    PROPOSE_ERASURE = auto()
    DECIDE_ERASURE = auto()
    READ_JOURNAL = auto()
    READ_REPORTS = auto()
    RELEASE_EXPORT = auto()
    EXCUSE_DUTY = auto()
