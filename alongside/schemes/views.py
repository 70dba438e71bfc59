"""Pages of a scheme's practice: what is in force, what is otherwise here, and what would be."""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.organisation.queries import scheme_for
from alongside.practice import changeable
from alongside.practice import own as own_values
from alongside.practice import pack as packs
from alongside.practice.actions import Action
from alongside.practice.clauses import clauses, grouped
from alongside.practice.differences import differences
from alongside.practice.keyed import NotInPack
from alongside.schemes import operations, queries
from alongside.schemes.forms import (
    AddDutyForm,
    AdoptForm,
    AimForm,
    BecauseForm,
    ChangeForm,
    NewSchemeForm,
    RehearseForm,
    SchemeForm,
    VaryForm,
    WordsForm,
)
from alongside.schemes.rehearsing import rehearse as rehearse_over
from alongside.stays.header import Section, person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import ask, go, page
from alongside.ui.paging import AT_MOST, paged

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.audit.operation import Operation
    from alongside.organisation.models import Scheme
    from alongside.practice.changeable import At, Place
    from alongside.practice.principles import Aim
    from alongside.schemes.models import OwnValue
    from alongside.stays.models import Stay
    from alongside.ui.forms import OperationForm
    from alongside.ui.pages import StaffRequest

PARTS = (
    ("practice", "What is owed"),
    ("numbers", "Numbers"),
    ("words", "Words"),
    ("switches", "Switches"),
    ("decided", "Decided here"),
    ("versions", "Versions"),
    ("rehearse", "Rehearse"),
    ("details", "The service"),
)
WHERE = {
    "limits": "numbers",
    "duties": "practice",
    "terms": "words",
    "features": "switches",
    "aims": "practice",
}


@require_safe
def practice(request: StaffRequest, scheme: str) -> HttpResponse:
    """The pack in force, duty by duty: what, by when, who, what closes it, and the clause."""
    here = scheme_for(request.user, scheme)
    found = clauses(here.pack)
    added = own_values.added(here.own_values, "duties")
    own = [clause for clause in found if clause.key in added]
    return _page(
        request,
        "practice",
        here,
        about=here.pack.about,
        groups=grouped(here.pack, [each for each in found if each not in own]),
        own=own,
        aims=queries.shown_beside(
            changeable.aims(here.pack), changeable.aims(queries.bare_pack(here))
        ),
        withdrawn=[aim for aim in here.pack.aims if aim.withdrawn],
        planned=[one for one in here.versions if one["from"] > here.today().isoformat()],
    )


@require_safe
def numbers(request: StaffRequest, scheme: str) -> HttpResponse:
    """Every number: the limits, and the clocks of what is owed."""
    here = scheme_for(request.user, scheme)
    bare = queries.bare_pack(here)
    in_pack = [*changeable.clocks(bare), *changeable.limits(bare)]
    groups = []
    for says, places in changeable.grouped(here.pack):
        rows = queries.shown_beside(places, in_pack)
        groups.append((says, rows, sum(row.is_own for row in rows)))
    return _page(request, "numbers", here, groups=groups)


@require_safe
def words(request: StaffRequest, scheme: str) -> HttpResponse:
    """What this service calls things."""
    here = scheme_for(request.user, scheme)
    bare = queries.bare_pack(here)
    shown = queries.shown_beside(changeable.words(here.pack), changeable.words(bare))
    titles = queries.shown_beside(changeable.titles(here.pack), changeable.titles(bare))
    return _page(
        request, "words", here, terms=list(batched(shown, len(changeable.FORMS))), titles=titles
    )


@require_safe
def switches(request: StaffRequest, scheme: str) -> HttpResponse:
    """What is on, off, or locked."""
    here = scheme_for(request.user, scheme)
    bare = queries.bare_pack(here)
    shown = queries.shown_beside(changeable.switches(here.pack), changeable.switches(bare))
    return _page(request, "switches", here, switches=shown)


@require_safe
def decided(request: StaffRequest, scheme: str) -> HttpResponse:
    """Everything that was decided to be otherwise here: what, from when, who, and why."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_SCHEME)
    return _page(request, "decided", here, paged=paged(request, queries.own_values_of(here)))


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, scheme: str, section: str, key: str, field: str) -> HttpResponse:
    """Let one value be otherwise in this service."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_SCHEME)
    at = (section, key, field)
    there = _place(here, at)
    form = ChangeForm.from_request(
        request, there=there, today=here.today(), is_own=queries.has_own(here, at)
    )
    back = "schemes:words" if at[::2] == ("duties", "says") else f"schemes:{WHERE[section]}"
    return ask(
        request, form, operations.set_value, here,
        then=(back, here.slug), says=f"Written down: {there.says}.",
        template="schemes/change.html",
        shown={"here": here, "there": there, "way_out": reverse(back, args=[here.slug])},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def add_duty(request: StaffRequest, scheme: str) -> HttpResponse:
    """Owe something that the pack does not ask for."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_SCHEME)
    form = AddDutyForm.from_request(request, pack=here.pack)
    return _of_our_own(
        request, here, form, operations.add_duty, "It is owed from today.",
        title=f"Owed of our own at {here.name}", button="Add",
        lead="It is counted from one thing on file and closed by another, for everybody who stays"
        " here.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def withdraw_duty(request: StaffRequest, scheme: str, key: str) -> HttpResponse:
    """Stop owing something of our own."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_SCHEME)
    rule = here.pack.duties.get(key)
    if rule is None:
        raise Http404
    return _of_our_own(
        request, here, BecauseForm.from_request(request), operations.withdraw_duty,
        "It is no longer owed. What was done stays on file.", key=key,
        title=f"No longer owed: {rule.says}", button="Withdraw",
        lead="What is still to come is taken off everybody’s list. What was done or missed stays"
        " on file.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def add_aim(request: StaffRequest, scheme: str) -> HttpResponse:
    """Say one more thing that the service is there for."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_SCHEME)
    return _of_our_own(
        request, here, AimForm.from_request(request, pack=here.pack), operations.add_aim,
        "It is an aim of the service from today.",
        title=f"What are we here for at {here.name}?", button="Add",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def reword_aim(request: StaffRequest, scheme: str, key: str) -> HttpResponse:
    """Put an aim of our own in other words."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_SCHEME)
    aim = _aim(here, key)
    form = AimForm.from_request(
        request, pack=here.pack, of=key, initial={"says_it": aim.says, "under": aim.under}
    )
    return _of_our_own(
        request, here, form, operations.reword_aim, "It is said so from today.", key=key,
        title="Change an aim of our own", button="Save",
        lead="What it said before stands under “Decided here”.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def withdraw_aim(request: StaffRequest, scheme: str, key: str) -> HttpResponse:
    """Take away an aim."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_SCHEME)
    return _of_our_own(
        request, here, BecauseForm.from_request(request), operations.withdraw_aim,
        "It is no longer an aim. Goals that named it keep their words.", key=key,
        title=f"No longer an aim: {_aim(here, key).says}", button="Withdraw",
        lead="Goals that named it keep their words. Who decided it and why stands under “Decided"
        " here”.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def take_back_aim(request: StaffRequest, scheme: str, key: str) -> HttpResponse:
    """Let an aim that was withdrawn count again."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_SCHEME)
    return _of_our_own(
        request, here, BecauseForm.from_request(request), operations.take_back_aim,
        "It is an aim of the service again.", key=key,
        title=f"An aim again: {_aim(here, key).says}", button="Take it back",
    )  # fmt: skip


def _of_our_own(
    request: StaffRequest,
    here: Scheme,
    form: OperationForm,
    operation: Operation[Scheme, ..., OwnValue],
    says: str,
    *,
    title: str,
    button: str,
    lead: str = "",
    **more: Any,
) -> HttpResponse:
    """A page on which a leader adds something of our own, changes it or takes it away."""
    shown = {"here": here, "form": form, "title": title, "button": button, "lead": lead}
    if form.carry_out(operation, here, by=request.user, **more):
        return go(request, "schemes:practice", here.slug, says=says)
    return page(request, "schemes/of_our_own.html", shown)


def _aim(here: Scheme, key: str) -> Aim:
    aim = here.pack.aims.get(key)
    if aim is None:
        raise Http404
    return aim


@require_safe
def versions(request: StaffRequest, scheme: str) -> HttpResponse:
    """The versions there are, the one in force, and what is different between two of them."""
    here = scheme_for(request.user, scheme)
    offered = queries.versions_of(here)
    names = [about.version for about in offered]
    now = queries.bare_pack(here).about.version
    then = _named(request.GET.get("then"), names, names[-1])
    # The newest beside the one in force; when that is the newest itself, beside the one before.
    before = now if now != names[-1] else names[-2:][0]
    was = _named(request.GET.get("was"), names, before)
    key, _ = here.version_on(here.today())
    found = differences(packs.pack(key, was), packs.pack(key, then))
    return _page(
        request, "versions", here,
        offered=offered, now=now, was=was, then=then, differences=found,
        adoptions=queries.adoptions_of(here), broken=queries.broken_versions_of(here),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def adopt(request: StaffRequest, scheme: str) -> HttpResponse:
    """Let this service work by another version from a day on."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_SCHEME)
    broken = queries.broken_versions_of(here)
    form = AdoptForm.from_request(
        request, offered=queries.versions_of(here), broken=broken, today=here.today(),
        initial={"to": request.GET.get("to", "")},
    )  # fmt: skip
    return ask(
        request, form, operations.adopt, here,
        then=("schemes:versions", here.slug), says="The version is chosen.",
        template="schemes/adopt.html", shown={"here": here, "broken": broken},
    )  # fmt: skip


@require_safe
def rehearse(request: StaffRequest, scheme: str) -> HttpResponse:
    """What would have been due, met, late and missed under another version. Nothing is written."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_SCHEME)
    if not request.user.may(Action.READ_FILE, here):
        raise PermissionDenied
    form = RehearseForm(request.GET or None, offered=queries.versions_of(here), today=here.today())
    if not form.is_bound or not form.is_valid():
        return _page(request, "rehearse", here, form=form, found=None)
    said = form.cleaned_data
    pack = queries.as_it_would_be(here, said["version"], on=here.today())
    found = rehearse_over(here, pack, from_on=said["from_on"], until_on=said["until_on"])
    # What would be otherwise is what one rehearses for: it stands before what is missed either way.
    people = sorted(found.by_person, key=lambda pair: not pair.differs)
    more = max(len(people) - AT_MOST, 0)
    return _page(
        request, "rehearse", here, form=form, found=found, people=people[:AT_MOST], more=more
    )


@require_http_methods(["GET", "POST"])
def details(request: StaffRequest, scheme: str) -> HttpResponse:
    """The record of the service: its places, whom it is for, its practice model."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_SCHEME)
    form = SchemeForm.from_request(request, initial=SchemeForm.of(here))
    if form.carry_out(operations.amend_scheme, here, by=request.user):
        return go(request, "schemes:details", here.slug, says="Saved.")
    return _page(request, "details", here, form=form)


@require_http_methods(["GET", "POST"])
def new_scheme(request: StaffRequest) -> HttpResponse:
    """Set up a service and pick its practice pack."""
    if not request.user.may_anywhere(Action.MANAGE_SCHEME):
        raise PermissionDenied
    form = NewSchemeForm.from_request(request, installed=list(packs.packs()))
    if made := form.carry_out(operations.set_up_scheme, request.user.organisation, by=request.user):
        says = f"{made.name} is set up. Add its beds and its staff next."
        return go(request, "schemes:practice", made.slug, says=says)
    return page(request, "schemes/new.html", {"form": form})


@require_safe
def person(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """What is owed to one person otherwise than to the others, and why."""
    stay = stay_for(request.user, stay_id)
    usual = [
        place
        for place in changeable.clocks(stay.scheme.pack)
        if stay.scheme.pack.duties[place.at[1]].subject == "stay"
        and place.at[1] not in own_values.added(stay.scheme.own_values, "duties")
    ]
    mine = {place.at: place for place in changeable.clocks(stay.pack)}
    shown = queries.shown_beside([mine[place.at] for place in usual], usual)
    return _person(
        request,
        "schemes/person.html",
        stay,
        shown=shown,
        varied=queries.varied_for(stay),
        called=queries.called_for(stay),
        may_vary=not operations.vary_for_person.refusal(stay, by=request.user),
        paged=paged(request, queries.own_values_of_person(stay)),
        cannot=operations.set_value_for_person.refusal(stay, by=request.user),
    )


@require_http_methods(["GET", "POST"])
def change_for_person(request: StaffRequest, stay_id: UUID, key: str, field: str) -> HttpResponse:
    """Let one number be otherwise for one person."""
    stay = stay_for(request.user, stay_id, needs=Action.MANAGE_SCHEME)
    at = ("duties", key, field)
    try:
        there = changeable.for_one_person(stay.pack, at)
    except NotInPack as unknown:
        raise Http404 from unknown
    form = ChangeForm.from_request(
        request, there=there, today=stay.scheme.today(), is_own=queries.has_own(stay, at)
    )
    if form.carry_out(operations.set_value_for_person, stay, by=request.user):
        says = f"Written down for {stay.resident.first_name}."
        return go(request, "schemes:person", stay.pk, says=says)
    return _person(request, "schemes/change_for_person.html", stay, there=there, form=form)


@require_http_methods(["GET", "POST"])
def call_for_person(request: StaffRequest, stay_id: UUID, key: str) -> HttpResponse:
    """Let one thing be called otherwise for one person."""
    stay = stay_for(request.user, stay_id, needs=Action.MANAGE_SCHEME)
    term = stay.pack.terms.get(key)
    if term is None:
        raise Http404
    is_own = any(queries.has_own(stay, ("terms", key, form)) for form in changeable.FORMS)
    now = {form: getattr(term, form) for form in changeable.FORMS}
    form = WordsForm.from_request(
        request, is_own=is_own, initial={**now, "from_on": stay.scheme.today()}
    )
    if form.carry_out(operations.set_words_for_person, stay, by=request.user, key=key):
        says = f"Written down for {stay.resident.first_name}."
        return go(request, "schemes:person", stay.pk, says=says)
    usual = stay.scheme.pack.term(key)
    return _person(request, "schemes/call_for_person.html", stay, term=usual, now=term, form=form)


@require_http_methods(["GET", "POST"])
def vary_for_person(request: StaffRequest, stay_id: UUID, key: str) -> HttpResponse:
    """Switch one duty off for one person, give it to somebody else, or set it back."""
    stay = stay_for(request.user, stay_id, needs=Action.EXCUSE_DUTY)
    rule = stay.scheme.pack.duties.get(key)
    if rule is None:
        raise Http404
    if stopped := operations.why_not_for_one(rule, stay.scheme.pack):
        status = 422 if request.method == "POST" else 200
        shown = {"there": rule, "stopped": stopped}
        return _person(request, "schemes/not_for_one.html", stay, status=status, **shown)
    form = VaryForm.from_request(
        request, scheme=stay.scheme, initial={"from_on": stay.scheme.today()}
    )
    if form.carry_out(operations.vary_for_person, stay, by=request.user, key=key):
        says = f"Written down for {stay.resident.first_name}."
        return go(request, "schemes:person", stay.pk, says=says)
    return _person(request, "schemes/change_for_person.html", stay, there=rule, form=form)


def _person(
    request: StaffRequest, template: str, stay: Stay, *, status: int | None = None, **shown: Any
) -> HttpResponse:
    known = {**person_page(stay, section="duties"), "page_title": "What is owed otherwise"}
    return page(request, template, {**known, **shown}, status=status)


def _page(request: StaffRequest, part: str, here: Scheme, **shown: Any) -> HttpResponse:
    links = [
        Section(says, reverse(f"schemes:{name}", args=[here.slug]), name == part)
        for name, says in PARTS
    ]
    may_change = request.user.may(Action.MANAGE_SCHEME, here)
    if not may_change:
        hidden = {"Decided here", "Rehearse", "The service"}
        links = [link for link in links if link.says not in hidden]
    reads = request.user.may(Action.READ_FILE, here)
    if not reads:  # a rehearsal names people
        links = [link for link in links if link.says != "Rehearse"]
    return page(
        request,
        f"schemes/{part}.html",
        {
            "here": here,
            "pack": here.pack,
            "links": links,
            "may_change": may_change,
            "reads": reads,
            **shown,
        },
    )


def _place(here: Scheme, at: At) -> Place:
    try:
        return changeable.place(here.pack, at)
    except NotInPack as unknown:
        raise Http404 from unknown


def _named(asked: str | None, names: list[str], otherwise: str) -> str:
    return asked if asked in names else otherwise
