"""Records that are final, and from when: what the database itself refuses to change or delete.

A correction is a new row beside the old one. What is listed here has been signed, shown to somebody
or relied on, so that neither an operation with a mistake in it nor somebody at the database's own
prompt can change it in silence. The journal's own tables are in `alongside.audit.final`.
"""

from __future__ import annotations

from alongside.audit.final import Final

# The words of a note change only together with its version, and only when the earlier words have
# been put beside it; when it happened, who wrote it and when stay.
NOTE_IS_CORRECTED = (
    "NEW.version = OLD.version + 1 AND NEW.corrected_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM"
    " keywork_earliertext e WHERE e.note_id = OLD.id AND e.version = OLD.version"
    " AND e.text = OLD.text)"
)
OF_A_SEALED_PAPER = ("content", "digest", "sealed_at", "stay_id")

AT_FIRST = (
    Final("signatures_signature"),
    Final("keywork_note", ("text", "headings", "minutes"), unless=NOTE_IS_CORRECTED),
    Final("keywork_note", ("kind", "happened_at", "written_by_id", "recorded_at"), part="origin"),
    Final("keywork_earliertext"),
    Final("keywork_notemove"),
    Final("keywork_noteopening"),
    Final("keywork_session", ("note_id", "stay_id", "held_by_id", "held_on", "own_words")),
    Final(
        "keywork_periodreport",
        ("stay_id", "from_on", "until_on", "headings", "team_question", "written_by_id"),
    ),
    Final(
        "plans_plan",
        (*OF_A_SEALED_PAPER, "number", "why", "voice", "sections", "took_part", "review_on"),
        once="OLD.sealed_at IS NOT NULL",
    ),
    Final("plans_weeklyform", OF_A_SEALED_PAPER, once="OLD.sealed_at IS NOT NULL"),
    Final(
        "sheets_sheet",
        ("answers", "given", "key", "pack_version", "finished_by_id", "finished_at"),
        once="OLD.finished_at IS NOT NULL",
    ),
    Final(
        "assessments_assessment",
        (
            "stay_id", "framework_key", "assessed_on", "assessor_id", "strengths", "in_their_words",
            "completed_at", "completed_by_id", "formula", "points", "most", "rated",
        ),
        once="OLD.completed_at IS NOT NULL",
    ),
    Final(
        "assessments_rating",
        once=(
            "EXISTS (SELECT 1 FROM assessments_assessment a WHERE a.id = OLD.assessment_id"
            " AND a.completed_at IS NOT NULL)"
        ),
    ),
    Final("agreements_agreementtext"),
    Final("agreements_explanation", ("stay_id", "key", "version", "says", "content")),
    Final(
        "reviews_review",
        ("stay_id", "kind", "held_on", "held_by_id", "view_words", "summary", "content"),
        once="OLD.completed_at IS NOT NULL",
    ),
    Final("reviews_addendum"),
    Final("stages_stagemove", ("stay_id", "kind", "from_stage", "stage", "at", "reason", "words")),
    Final("stages_reading"),
)  # fmt: skip
# What came later has a migration of its own, for its tables are not there when the first is run.
OF_DATA_BREACHES = (
    Final(
        "data_breaches_account",
        (
            "breach_id", "number", "what", "kind", "happened_at", "aware_at", "known_by_id",
            "how_many", "at_once", "seriousness", "seriousness_words", "cause_id", "because",
            "written_by_id", "written_at",
        ),
    ),
    Final("data_breaches_telling"),
)  # fmt: skip
OF_PRINCIPLES = (
    Final("keywork_note", ("principles",), unless=NOTE_IS_CORRECTED, part="tags"),
    Final("plans_plan", ("principles",), once="OLD.sealed_at IS NOT NULL", part="tags"),
)
FINAL = (*AT_FIRST, *OF_DATA_BREACHES, *OF_PRINCIPLES)
