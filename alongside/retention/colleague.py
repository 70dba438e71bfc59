"""What is kept of somebody who worked here, table by table, and what of it goes in time.

Most of what names a colleague is part of somebody else's file: who wrote a note, held a session or
signed. It stays, with the name, for a signed record that nobody signed says nothing. What is
about the colleague and nobody else goes: how they signed in, how they are reached, what was written
about their work. A new table that names a colleague has to be told apart here, or a test says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import batched
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from alongside.retention.person import AT_ONCE

# Rows that are the colleague's own, and go whole: the table, and the way from it to them.
THEIRS = {
    "account.EmailAddress": "user",
    "allocations.WorkerProfile": "worker",
    "calendars.CalendarAddress": "staff",
    "drafts.Draft": "staff",
    "drafts.GoneDraft": "staff",
    "imports.RememberedWorker": "staff",
    "mfa.Authenticator": "user",
    "reminders.MailChoice": "staff",
    "reminders.Reminder": "staff",
    "sheets.Sheet": "worker",
    "signin.Alarm": "staff",
    "signin.Invitation": "staff",
    "signin.SignIn": "staff",
    "socialaccount.SocialAccount": "user",
}
# Of these tables only rows that are in nobody's file.
IN_NO_FILE = {"sheets.Sheet": {"stay": None, "resident": None}}
# Rows without a foreign key, by the key of the colleague or of what is theirs.
BY_KEY = {"signatures.PinTries": "person_id", "signin.OpenedFile": "sign_in_id"}
# Rows that stay, for cover and figures hang on them, without what was said in them.
WITHOUT_WORDS = {
    "absence.Absence": ("worker", ("reason", "words", "decision_words", "cancelled_because")),
}
# Rows that name a colleague in a part of their own (not only as who did it), and stay: they are
# part of somebody's file, of who held which post, or of what the house did. Each with its reason.
STAYS = {
    "absence.Arrangement": "what was arranged for a person",
    "absence.Cover": "who covered for a person",
    "absence.Encouragement": "a person’s file",
    "absence.SessionAsked": "a person’s file",
    "admissions.Admission": "a person’s file",
    "admissions.InductionAttendance": "a person’s file",
    "admissions.Visit": "a person’s file",
    "allocations.Allocation": "who was whose worker",
    "allocations.CaseHandover": "a person’s file",
    "allocations.ChangeRequest": "a person’s file",
    "allocations.JointArrangement": "who was whose worker",
    "allocations.JointShare": "who was whose worker",
    "allocations.JointWorker": "who was whose worker",
    "allocations.RelationshipRating": "a person’s file",
    "allocations.Wish": "a person’s file",
    "assessments.Assessment": "a person’s file",
    "assessments.Rating": "a person’s file",
    "building.NightOut": "a person’s file",
    "conversations.Member": "who was in a conversation, which is kept by its own rule",
    "conversations.Read": "who had read a message, which is kept by its own rule",
    "cover.SessionOffer": "who covered for a person",
    "data_breaches.Account": "the register of data breaches, kept by its own rule",
    "duties.ClosedDuty": "a closed month",
    "duties.Duty": "worked out from the records each night",
    "duties.Excuse": "what was excused",
    "keywork.Booking": "a person’s file",
    "keywork.NoteOpening": "who read a restricted note",
    "keywork.NoteReader": "who may read a restricted note",
    "keywork.Session": "a person’s file",
    "keywork.Slot": "when sessions were offered",
    "moments.Reader": "who may read a line of a timeline",
    "moving_on.Issue": "a person’s file",
    "organisation.Membership": "who held which post, and when",
    "organisation.StandIn": "who stood in for whom, and when",
    "other_duties.Asking": "what was owed at a service, and by whom",
    "plans.Disagreement": "a person’s file",
    "plans.GoalResult": "a person’s file",
    "plans.HandedOn": "a person’s file",
    "plans.Plan": "a person’s file",
    "plans.PlanAction": "a person’s file",
    "plans.PlanCopy": "a person’s file",
    "plans.PlanReading": "who read a plan",
    "plans.WeeklyForm": "a person’s file",
    "retention.StaffErasure": "that it was erased",
    "retention.StaffHold": "that it was held",
    "reviews.AgendaLine": "a person’s file",
    "reviews.Decision": "a person’s file",
    "reviews.Invitation": "a person’s file",
    "reviews.Wish": "a person’s file",
    "rights.Limit": "who may open a file",
    "rights.Opening": "who opened a file in an emergency",
    "rights.Told": "who was told of it",
    "rota.Swap": "who was on duty",
    "rota.Turn": "who was on duty",
    "referrals.Interview_interviewers": "a person’s file",
    "signatures.Signature": "who signed",
    "stages.Dispute": "a person’s file",
    "stages.Evidence": "a person’s file",
    "stages.EvidenceNote": "a person’s file",
    "team.AccessCheck": "that a role was looked at",
    "team.Acknowledgement": "who had read who answers for the service",
}


def rows_of(staff_id: UUID) -> Iterator[QuerySet[models.Model]]:
    """Everything that goes, table by table, those that lean on others first."""
    for label, way in THEIRS.items():
        rows = apps.get_model(label)._base_manager.filter(**{way: staff_id})
        yield rows.filter(**IN_NO_FILE.get(label, {}))


def loose_rows_of(staff_id: UUID, keys: set[UUID]) -> Iterator[QuerySet[models.Model]]:
    """What hangs on them, or on what is theirs, by key alone."""
    for label, field in BY_KEY.items():
        for some in batched(sorted({staff_id, *keys}), AT_ONCE, strict=False):
            yield apps.get_model(label)._base_manager.filter(**{f"{field}__in": some})


def keys_of_colleague(staff_id: UUID) -> set[UUID]:
    """The keys of every row that goes, and of the colleague."""
    keys = {staff_id}
    for rows in rows_of(staff_id):
        if isinstance(rows.model._meta.pk, models.UUIDField):
            keys.update(rows.values_list("pk", flat=True))
    for label, (way, _) in WITHOUT_WORDS.items():
        rows = apps.get_model(label)._base_manager.filter(**{way: staff_id})
        keys.update(rows.values_list("pk", flat=True))
    return keys
