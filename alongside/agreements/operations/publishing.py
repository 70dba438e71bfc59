"""A new version of a text for a scheme."""

from __future__ import annotations

from collections.abc import Sequence

from alongside.agreements.models import (
    AgreementText,
)
from alongside.agreements.operations.checks import require_text
from alongside.audit.operation import operation
from alongside.duties.operations import work_out
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action


@operation("agreement.text_published", needs=Action.PUBLISH_AGREEMENT)
def publish_text(
    scheme: Scheme,
    *,
    by: Staff,
    key: str,
    new_version: str,
    text: str,
    clauses: Sequence[str] = (),
    what_changed: str = "",
) -> AgreementText:
    """Put a newer version of one of the service's texts in force, from now on.

    `clauses` are numbered from 1 in the order given. Everybody who stays here now is owed the
    new version; people who come later only ever see the newest.

    Refused when the pack has no such text, the version has been used, or nothing changed.
    """
    now = require_text(scheme, key)
    if new_version.strip() == now.version:
        raise Refused(
            f"Version “{new_version}” of this text is the one in force.",
            instead="Give the new text another version, for example the date.",
            field="new_version",
        )
    if text.strip() == now.text and [c.says for c in now.clauses] == list(clauses):
        raise Refused(
            "These are the words that are already in force.",
            instead="Change the text, or leave it as it is.",
            field="text",
        )
    breachable = any(clause.can_be_breached for clause in now.clauses)
    published = AgreementText.objects.create(
        scheme=scheme,
        key=key,
        version=new_version.strip(),
        text=text.strip(),
        clauses=[
            {"key": str(number), "says": says, "can_be_breached": breachable}
            for number, says in enumerate(clauses, start=1)
        ],
        what_changed=what_changed,
        published_by=by,
    )
    work_out(scheme, by=by)
    return published
