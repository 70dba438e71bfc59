"""Finds who is signed in together with where they work: every page asks for both."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.db.models import DateField, QuerySet, UUIDField

from alongside.kit import clock
from alongside.kit.prepared import prepared
from alongside.kit.together import read
from alongside.organisation.models import Membership, Staff
from alongside.organisation.standing import standing_from, standing_questions


class StaffBackend(ModelBackend):
    def get_user(self, user_id: UUID | str) -> Staff | None:
        """The member of staff of that key if they may sign in, with `current_memberships` read."""
        found = _working_now(staff=user_id, on=clock.today())
        asked = standing_questions(user_id)
        read(found, *asked.values())
        here = list(found)
        staff = here[0].staff if here else Staff.objects.filter(pk=user_id).first()
        if staff is None or not self.user_can_authenticate(staff):
            return None
        staff.current_memberships = here
        staff.standing = standing_from(asked)
        return staff

    def user_can_authenticate(self, user: Any) -> bool:
        """Nobody who has left; whoever has a last day may come until its end."""
        return not user.has_left(clock.today())


@prepared(staff=UUIDField(), on=DateField())
def _working_now(staff: Any, on: Any) -> QuerySet[Membership]:
    return Membership.objects.current(on).at_hand().filter(staff_id=staff)
