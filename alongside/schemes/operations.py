"""What changes a scheme and its practice: its record, its version, and values of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from alongside.audit.operation import operation
from alongside.duties.operations import work_out
from alongside.duties.recalculation import work_out_all, work_out_for
from alongside.duties.withdrawing import withdraw
from alongside.kit.durations import Duration
from alongside.kit.refusal import Refused
from alongside.organisation.models import Membership, Organisation, Scheme, Staff
from alongside.organisation.operations import open_scheme
from alongside.practice import own
from alongside.practice.actions import Action
from alongside.practice.changeable import At, Kind, Place, Value, for_one_person, place
from alongside.practice.contents import Pack
from alongside.practice.keyed import NotInPack
from alongside.practice.pack import PackFault, pack
from alongside.schemes.models import Adoption, OwnValue
from alongside.stays.models import Stay

OWN = "own-"


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
    _not_past(scheme, from_on)
    key, _ = scheme.version_on(from_on)
    said = {"from": from_on.isoformat(), "key": key, "version": to}
    _is_sound(scheme, key, to)
    _fits(key, to, own.layers(scheme.own_values, from_on), field="to")
    _keeps_roles(scheme, pack(key, to))
    scheme.versions = [*scheme.versions, said]
    scheme.save(update_fields=["versions"])
    made = Adoption.objects.create(
        scheme=scheme, pack_key=key, pack_version=to, from_on=from_on, because=because,
        decided_by=by,
    )  # fmt: skip
    _follow(scheme, by, from_on)
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
    _not_past(scheme, from_on)
    there = _place(scheme.pack, at)
    if there.locked:
        raise Refused(
            "This switch is locked in the practice pack.",
            instead="It stays as it is in every service that works by this pack.",
            field="value",
        )
    made = _kept(scheme, None, there, by=by, value=value, from_on=from_on, because=because)
    _follow(scheme, by, from_on, at)
    return made


@operation("practice.value_set_for_person", needs=Action.MANAGE_SCHEME)
def set_value_for_person(
    stay: Stay, *, by: Staff, at: At, value: Value | None, from_on: date, because: str
) -> OwnValue:
    """Let a number of one duty be otherwise for one person: how often, or by when.

    None sets it back to the service's. Refused for a past day, and for what is the same for all.
    """
    _not_past(stay.scheme, from_on)
    there = _place(stay.pack, at, person=True)
    made = _kept(stay.scheme, stay, there, by=by, value=value, from_on=from_on, because=because)
    if from_on <= stay.scheme.today():
        work_out_for(stay, only=at[1])
    return made


@operation("practice.varied_for_person", needs=Action.EXCUSE_DUTY)
def vary_for_person(
    stay: Stay,
    *,
    by: Staff,
    key: str,
    from_on: date,
    because: str,
    off: bool = False,
    to: Staff | None = None,
) -> OwnValue:
    """Let one duty be off for one person, or done by somebody else; neither sets it back.

    What was met or missed stays; what is still to come goes, or falls to whom it is given.
    Refused for a past day, for what is not owed to a person, and for somebody who does not work
    here. Who approves it is in the pack: `excuse_duty`.

    Source: key worker policy: the functions of a key worker, person by person.
    """
    scheme = stay.scheme
    _not_past(scheme, from_on)
    rule = scheme.pack.duties.get(key)
    if rule is None or rule.subject != "stay" or rule.limit:
        raise Refused("That is not owed to one person.", instead="Choose one from the list.")
    if to and not Membership.objects.current(from_on).filter(scheme=scheme, staff=to).exists():
        raise Refused(f"{to} does not work here.", instead="Choose somebody who does.", field="to")
    value: dict[str, Any] | None = {"says": "not owed", "off": True} if off else None
    if to and not off:
        value = {"says": f"by {to.name}", "staff": str(to.pk)}
    there = Place(("duties", key, own.VARIED), rule.says, Kind.WORD, "")
    was = own.in_force(stay.own_values, from_on)
    before = next((one["value"] for one in was if tuple(one["at"]) == there.at), None)
    made = _kept(
        scheme, stay, there, by=by, value=value, from_on=from_on, because=because, was=before
    )
    if from_on <= scheme.today():
        work_out_for(stay, only=key)
    return made


@operation("practice.duty_added", needs=Action.MANAGE_SCHEME)
def add_duty(
    scheme: Scheme,
    *,
    by: Staff,
    says: str,
    anchor: str,
    due: str,
    owner: str,
    done_by: str,
    because: str,
    for_each: bool = False,
) -> OwnValue:
    """Let this scheme owe something of its own, from today.

    It is counted from one fact of the record and closed by another. Refused when the pack would
    no longer be sound.
    """
    key = _free_key(scheme.pack.duties.keys(), says)
    value = {
        "says": says, "source": f"{scheme.name}’s own", "anchor": anchor, "due": due,
        "owner": [owner, *(["manager"] if "manager" in scheme.pack.roles else [])],
        "done_by": done_by, "for_each": for_each,
    }  # fmt: skip
    at = ("duties", key, "")
    there = Place(at, says, Kind.WORD, "")
    made = _kept(
        scheme, None, there, by=by, value=value, from_on=scheme.today(), because=because, was=None
    )
    _follow(scheme, by, scheme.today())
    return made


@operation("practice.duty_withdrawn", needs=Action.MANAGE_SCHEME)
def withdraw_duty(scheme: Scheme, *, by: Staff, key: str, because: str) -> OwnValue:
    """Stop owing something of the scheme's own. What was done and missed stays on file."""
    rule = scheme.pack.duties.get(key)
    if rule is None or not key.startswith(OWN):
        raise Refused(
            "This is not a duty of this service’s own.",
            instead="What the pack asks for can be changed, not taken away.",
        )
    there = Place(("duties", key, ""), rule.says, Kind.WORD, "")
    made = _kept(
        scheme, None, there, by=by, value=None, from_on=scheme.today(), because=because,
        was={"says": rule.says},
    )  # fmt: skip
    _follow(scheme, by, scheme.today())
    return made


@operation("practice.aim_added", needs=Action.MANAGE_SCHEME)
def add_aim(scheme: Scheme, *, by: Staff, says_it: str, because: str, under: str = "") -> OwnValue:
    """Say one more thing that this service is there for; or, under an aim, an objective of it.

    Refused without words, with words that stand there already, and under what is no aim here.
    """
    says = says_it.strip()
    if not says:
        raise Refused("It says nothing yet.", instead="Write it in a sentence.", field="says_it")
    if says.casefold() in {aim.says.casefold() for aim in scheme.pack.aims}:
        raise Refused("This stands there already.", instead="Write another.", field="says_it")
    aims = scheme.pack.aims
    if under and (under not in aims or aims[under].under):
        raise Refused(
            "That is not an aim of this service.", instead="Choose one that is.", field="under"
        )
    at = ("aims", _free_key(aims.keys(), says), "")
    there, value = (
        Place(at, says, Kind.WORD, ""),
        {"says": says, "source": f"{scheme.name}’s own", "under": under},
    )
    made = _kept(
        scheme, None, there, by=by, value=value, from_on=scheme.today(), because=because, was=None
    )
    _follow(scheme, by, scheme.today())
    return made


@operation("practice.aim_withdrawn", needs=Action.MANAGE_SCHEME)
def withdraw_aim(scheme: Scheme, *, by: Staff, key: str, because: str) -> OwnValue:
    """Take away an aim of the scheme's own. Goals that named it keep their words.

    Refused for one of the pack, and while an objective stands under it.
    """
    aim = scheme.pack.aims.get(key)
    if aim is None or not key.startswith(OWN):
        raise Refused(
            "This is not an aim of this service’s own.",
            instead="What the pack says can be put in other words, not taken away.",
        )
    there = Place(("aims", key, ""), aim.says, Kind.WORD, "")
    made = _kept(
        scheme, None, there, by=by, value=None, from_on=scheme.today(), because=because,
        was={"says": aim.says},
    )  # fmt: skip
    _follow(scheme, by, scheme.today())
    return made


def _kept(
    scheme: Scheme,
    stay: Stay | None,
    there: Place,
    *,
    by: Staff,
    value: Any,
    from_on: date,
    because: str,
    was: Any = ...,
) -> OwnValue:
    """Write the value down, and lay it over the pack on the row that everybody reads."""
    section, key, field = there.at
    at = tuple(filter(None, there.at))
    named = f"{stay.resident.name if stay else scheme.name}, from {from_on:%-d %B %Y}"
    said = own.kept(at, value, from_on=from_on, named=named)
    holder: Scheme | Stay = stay or scheme
    holder.own_values = [*holder.own_values, said]
    key_, version = scheme.version_on(from_on)
    over = own.layers(scheme.own_values, from_on)
    over += own.layers(stay.own_values, from_on) if stay else ()
    _fits(key_, version, over, field="value")
    holder.save(update_fields=["own_values"])
    return OwnValue.objects.create(
        scheme=scheme, stay=stay, section=section, key=key, field=field, kind=there.kind,
        unit=there.unit, says=there.says, value=value, was=there.value if was is ... else was,
        from_on=from_on, because=because, decided_by=by,
    )  # fmt: skip


def _follow(scheme: Scheme, by: Staff, from_on: date, at: At = ("", "", "")) -> None:
    """What is owed here is worked out again by the practice as it now is.

    What begins on a later day waits for the working out of that day. Where only one duty has
    been changed, only that one is worked out.
    """
    if from_on > scheme.today():
        return
    scheme.__dict__.pop("pack", None)
    if at[0] == "duties":
        work_out_all(scheme, today=scheme.today(), only=at[1])
    else:
        work_out(scheme, by=by)
    withdraw(scheme, on=scheme.today())


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


def _fits(key: str, version: str, over: tuple[Any, ...], *, field: str) -> None:
    try:
        pack(key, version, over=over)
    except PackFault as broken:
        first = broken.faults[0]
        raise Refused(
            f"The practice would not be sound with this: {first.problem}",
            instead=first.instead,
            field=field,
        ) from broken
    except NotInPack as unknown:
        raise Refused(
            str(unknown), instead="Choose a version that is installed.", field=field
        ) from unknown


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


def _place(there: Pack, at: At, *, person: bool = False) -> Place:
    if at[0] == "duties" and at[1].startswith(OWN):
        raise Refused(
            "This is owed by this service’s own rule.",
            instead="Withdraw it, and add it again as it should be.",
        )
    if at[0] == "aims" and at[1].startswith(OWN):
        raise Refused(
            "These are this service’s own words.", instead="Withdraw them, and write them anew."
        )
    try:
        return for_one_person(there, at) if person else place(there, at)
    except NotInPack as unknown:
        raise Refused(
            str(unknown), instead="Choose something from the list of this practice."
        ) from unknown


def _not_past(scheme: Scheme, from_on: date) -> None:
    if from_on < scheme.today():
        raise Refused(
            "The past was lived by the practice of its time.",
            instead="Let it begin today or later.",
            field="from_on",
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


def _free_key(taken: Iterable[str], says: str) -> str:
    stem = OWN + "-".join(_plain(says))[:40].strip("-")
    taken = set(taken)
    return next(
        key
        for key in (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
        if key not in taken
    )


def _plain(says: str) -> list[str]:
    return [
        "".join(c for c in word.lower() if c.isascii() and c.isalnum()) for word in says.split()
    ]


def length_of(number: int, unit: str) -> str:
    """ "P2W" for 2 and weeks, as a pack writes it."""
    return str(Duration(**{unit: number}))
