"""Finds who is signed in together with where they work: every page asks for both."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.db.models import DateField, Q, QuerySet, UUIDField

from alongside.kit import clock
from alongside.kit.prepared import prepared
from alongside.kit.together import read
from alongside.organisation.models import Membership, Staff
from alongside.organisation.standing import standing_from, standing_questions


class StaffBackend(ModelBackend):
    def authenticate(
        self,
        request: Any,
        username: str | None = None,
        password: str | None = None,
        email: str | None = None,
        **kwargs: Any,
    ) -> Staff | None:
        """Whoever has that user name or e-mail address and that password.

        The password is hashed once, also when nobody has the name: how long it takes tells
        nothing.
        """
        name = (email or username or "").strip()
        if not name or not password:
            return None
        found = Staff.objects.filter(Q(email__iexact=name) | Q(username__iexact=name)).first()
        if found is None:
            make_password(password)
            return None
        right = found.check_password(password)
        return found if right and self.user_can_authenticate(found) else None

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
