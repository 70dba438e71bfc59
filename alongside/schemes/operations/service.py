"""What changes a scheme: its record, the version it works by, and its values of its own."""

from __future__ import annotations

from datetime import date

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Membership, Organisation, Scheme, Staff
from alongside.organisation.operations import open_scheme
from alongside.practice import own
from alongside.practice.actions import Action
from alongside.practice.changeable import At
from alongside.practice.contents import Pack
from alongside.practice.keyed import NotInPack
from alongside.practice.pack import PackFault, pack
from alongside.schemes.models import Adoption, OwnValue
from alongside.schemes.operations.laying import fits, follow, kept, place_of, require_not_past


@operation("scheme.set_up", needs=Action.MANAGE_SCHEME)
def set_up_scheme(
    organisation: Organisation,
    *,
    by: Staff,
    name: str,
    slug: str,
    pack_key: str,
    time_zone: str = "Europe/London",
    address: str = "",
    women_only: bool = False,
    residential: bool = True,
    places: int | None = None,
    practice_model: str = "",
) -> Scheme:
    """Open a scheme on screen. Whoever does it works there from today, so that they can go on.

    Refused when there is no such pack, when the short name is taken, or when nobody's role in
    that pack includes looking after a scheme.
    """
    if Scheme.objects.filter(slug=slug).exists():
        raise Refused(
            f"There is a service with the address {slug} already.",
            instead="Give this one another name or address.",
            field="slug",
        )
    scheme = open_scheme(
        organisation, by=by, name=name, slug=slug, pack_key=pack_key, time_zone=time_zone,
        address=address, women_only=women_only, residential=residential,
    )  # fmt: skip
    scheme.places, scheme.practice_model = places, practice_model
    scheme.save(update_fields=["places", "practice_model"])
    Membership.objects.create(
        staff=by, scheme=scheme, role=_leading_role(scheme.pack, by), from_on=scheme.today()
    )
    return scheme


@operation("scheme.amended", needs=Action.MANAGE_SCHEME)
def amend_scheme(
    scheme: Scheme,
    *,
    by: Staff,
    name: str,
    time_zone: str,
    address: str = "",
    women_only: bool = False,
    residential: bool = True,
    places: int | None = None,
    practice_model: str = "",
) -> Scheme:
    """Put right what the record of a scheme says: its name, places, whom it is for."""
    scheme.name, scheme.time_zone, scheme.address = name, time_zone, address
    scheme.women_only, scheme.residential = women_only, residential
    scheme.places, scheme.practice_model = places, practice_model
    scheme.save(
        update_fields=[
            "name", "time_zone", "address", "women_only", "residential", "places",
            "practice_model",
        ]
    )  # fmt: skip
    return scheme


@operation("practice.adopted", needs=Action.MANAGE_SCHEME)
def adopt(scheme: Scheme, *, by: Staff, to: str, from_on: date, because: str) -> Adoption:
    """Let a scheme work by another version of its pack from a day on, today at the earliest.

    What was made under the version before keeps it. Refused when that version cannot be used
    here: it is broken, a role that somebody holds is not in it, or an own value does not fit.
    """
    require_not_past(scheme, from_on)
    key, _ = scheme.version_on(from_on)
    said = {"from": from_on.isoformat(), "key": key, "version": to}
    _is_sound(scheme, key, to)
    fits(key, to, own.layers(scheme.own_values, from_on), field="to")
    _keeps_roles(scheme, pack(key, to))
    scheme.versions = [*scheme.versions, said]
    scheme.save(update_fields=["versions"])
    made = Adoption.objects.create(
        scheme=scheme, pack_key=key, pack_version=to, from_on=from_on, because=because,
        decided_by=by,
    )  # fmt: skip
    follow(scheme, by, from_on)
    return made


@operation("practice.value_set", needs=Action.MANAGE_SCHEME)
def set_value(
    scheme: Scheme,
    *,
    by: Staff,
    at: At,
    value: int | str | bool | None,
    from_on: date,
    because: str,
) -> OwnValue:
    """Let one number, word or switch be otherwise in this scheme from a day on.

    None sets it back to the pack. Refused for a day that is past, for a switch the pack locks,
    and for a value with which the pack would no longer be sound.
    """
    require_not_past(scheme, from_on)
    there = place_of(scheme, at)
    if there.locked:
        raise Refused(
            "This switch is locked in the practice pack.",
            instead="It stays as it is in every service that works by this pack.",
            field="value",
        )
    made = kept(scheme, None, there, by=by, value=value, from_on=from_on, because=because)
    follow(scheme, by, from_on, at)
    return made


def _is_sound(scheme: Scheme, key: str, version: str) -> None:
    """A version with faults is never chosen; the page beside this tells each of them."""
    try:
        pack(key, version)
    except PackFault as broken:
        many = f"{len(broken.faults)} fault{'' if len(broken.faults) == 1 else 's'}"
        raise Refused(
            f"Version {version} cannot be used: it has {many}, each told with its file and line."
            f" {scheme.pack.about.version} stays in force.",
            instead="Mend them, or choose another version.",
            field="to",
        ) from broken
    except NotInPack:
        return


def _keeps_roles(scheme: Scheme, wanted: Pack) -> None:
    held = Membership.objects.current(scheme.today()).filter(scheme=scheme)
    for role in held.values_list("role", flat=True):
        if role not in wanted.roles:
            says = scheme.pack.role(role).says
            raise Refused(
                f"Somebody works here as {says}, and that version has no such role.",
                instead="Give them another role first, or choose another version.",
                field="to",
            )


def _leading_role(of: Pack, by: Staff) -> str:
    """The role to look after a new scheme in: one that they hold elsewhere, if it may."""
    may = [role.key for role in of.roles if Action.MANAGE_SCHEME in role.may]
    mine = [key for key in by.roles_at(None) if key in may]
    if not may:
        raise Refused(
            "Nobody’s role in this pack includes looking after a service.",
            instead="Choose another pack, or let the pack give a role that right.",
            field="pack_key",
        )
    return (mine or may)[0]
