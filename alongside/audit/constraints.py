"""Turns the database's no into words: which constraint was broken, and what it says."""

from __future__ import annotations

from django.apps import apps
from django.db import IntegrityError, models

from alongside.kit.refusal import Refused

type Rule = models.CheckConstraint | models.UniqueConstraint
SILENT = models.BaseConstraint.default_violation_error_message


def refusal_from(broken: IntegrityError) -> Refused | None:
    """The refusal in the words of the broken constraint, or None if it has no words."""
    said = str(broken)
    for model in apps.get_models():
        for rule in model._meta.constraints:
            if _is(rule, model, said) and rule.violation_error_message != SILENT:
                return Refused(
                    str(rule.violation_error_message),
                    instead="Look at the page again: somebody may have changed it just now.",
                )
    return None


def _is(rule: models.BaseConstraint, model: type[models.Model], said: str) -> bool:
    if rule.name in said:
        return True
    if not isinstance(rule, models.UniqueConstraint) or "UNIQUE" not in said:
        return False
    # SQLite names the columns of a unique constraint, not the constraint.
    table = model._meta.db_table
    columns = [f"{table}.{_column(model, name)}" for name in rule.fields]
    return said.endswith(": " + ", ".join(columns))


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    return str(getattr(field, "column", name))
