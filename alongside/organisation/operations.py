"""What changes the organisation: its schemes, its staff, and the roles they hold."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import make_password

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.pins import require_pin_of_ones_own
from alongside.kit.refusal import Refused
from alongside.organisation.models import Membership, Organisation, Scheme, Staff
from alongside.practice import pack as practice
from alongside.practice.actions import Action


@operation("organisation.founded", needs=Action.MANAGE_SCHEME)
def found_organisation(organisation: Organisation, *, by: Actor) -> Organisation:
    """Set up the organisation that everything else belongs to."""
    organisation.save(force_insert=True)
    return organisation


@operation("scheme.opened", needs=Action.MANAGE_SCHEME)
def open_scheme(
    organisation: Organisation,
    *,
    by: Actor,
    name: str,
    slug: str,
    pack_key: str,
    time_zone: str = "Europe/London",
    address: str = "",
    women_only: bool = False,
    residential: bool = True,
) -> Scheme:
    """Open a scheme under a practice pack, which from then on gives it its words and rules.

    Refused when there is no such pack.
    """
    if pack_key not in {about.id for about in practice.packs()}:
        raise Refused(
            f"There is no practice pack called {pack_key}.",
            instead="Choose one of the packs that are installed.",
            field="pack_key",
        )
    return Scheme.objects.create(
        organisation=organisation,
        name=name,
        slug=slug,
        pack_key=pack_key,
        time_zone=time_zone,
        address=address,
        women_only=women_only,
        residential=residential,
    )


@operation("staff.employed", needs=Action.MANAGE_STAFF)
def employ(
    organisation: Organisation,
    *,
    by: Actor,
    name: str,
    email: str,
    initials: str = "",
    username: str = "",
    password: str | None = None,
) -> Staff:
    """Add somebody who works here. Without a password they cannot sign in yet."""
    return Staff.objects.create(
        organisation=organisation,
        name=name,
        email=email,
        initials=initials,
        username=username.lower() or None,
        password=make_password(password),
    )


@operation("staff.role_given", needs=Action.MANAGE_STAFF)
def give_role(
    scheme: Scheme,
    *,
    by: Actor,
    staff: Staff,
    role: str,
    from_on: date,
    until_on: date | None = None,
    line_manager: Staff | None = None,
) -> Membership:
    """Let somebody work at this scheme in a role of its pack.

    Refused when the pack has no such role, when they already hold it, or when they work
    for another organisation.
    """
    if role not in scheme.pack.roles:
        raise Refused(
            f"The practice of {scheme} has no role called {role}.",
            instead="Choose one of its roles.",
            field="role",
        )
    if staff.organisation_id != scheme.organisation_id:
        raise Refused(
            "This person works for another organisation.",
            instead="Choose somebody who works here.",
            field="staff",
        )
    return Membership.objects.create(
        staff=staff,
        scheme=scheme,
        role=role,
        from_on=from_on,
        until_on=until_on,
        line_manager=line_manager,
    )


@operation("staff.role_ended", needs=Action.MANAGE_STAFF)
def end_role(membership: Membership, *, by: Actor, until_on: date) -> Membership:
    """Let a role end on a day, which is its last. One that had not begun was never in force."""
    membership.from_on = min(membership.from_on, until_on)
    membership.until_on = until_on
    membership.save(update_fields=["from_on", "until_on"])
    return membership


@operation("staff.signing_pin_set", needs=None)
def set_signing_pin(staff: Staff, *, by: Actor, pin: str) -> Staff:
    """Set the PIN with which this person signs on a shared screen.

    Refused when it is shorter than four figures or easily guessed, or when somebody else sets it.
    """
    if by != staff and by.ACTOR_KIND != "system":
        raise Refused(
            "A signing PIN belongs to one person.",
            instead="Ask them to set it themselves.",
            field="pin",
        )
    require_pin_of_ones_own(pin)
    staff.keeps_pin(pin)
    staff.save(update_fields=["signing_pin"])
    return staff
