"""Finds who is signed in together with where they work: every page asks for both."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.backends import ModelBackend

from alongside.kit import clock
from alongside.organisation.models import Membership, Staff


class StaffBackend(ModelBackend):
    def get_user(self, user_id: UUID | str) -> Staff | None:
        """The member of staff of that key if they may sign in, with `current_memberships` read."""
        here = list(Membership.objects.current(clock.today()).at_hand().filter(staff_id=user_id))
        staff = here[0].staff if here else Staff.objects.filter(pk=user_id).first()
        if staff is None or not self.user_can_authenticate(staff):
            return None
        staff.current_memberships = here
        return staff
