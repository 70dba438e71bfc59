"""`alongside subject-access PERSON --to FOLDER`: the bundle of a request, as PDF and JSON.

With `--as E-MAIL` the request is taken where there is none, whatever is about others is decided one
by one in the terminal, in the name of a colleague whose role answers such requests, and the bundle
is made.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.residents.models import Resident
from alongside.stays.models import Stay
from alongside.subject_access import operations, queries
from alongside.subject_access.gathering import as_zip
from alongside.subject_access.models import AccessRequest, Decision

LETTERS = {
    "w": Decision.WITHHOLD,
    "a": Decision.EVERYTHING,
    "r": Decision.RELEASE,
}
STOP = "s"


class Command(BaseCommand):
    help = "Write the bundle of somebody's latest request into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="a name, as in the file")
        parser.add_argument("--to", type=Path, default=Path.cwd(), help="the folder")
        parser.add_argument(
            "--as", dest="name", default="",
            help="the colleague in whose name it is taken, decided and made, by e-mail address",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        people = list(Resident.objects.named(options["person"])[:2])
        if len(people) != 1:
            raise CommandError(f"{len(people) or 'No'} people of that name. Write the whole name.")
        request = _latest(people[0])
        if options["name"]:
            try:
                request = self._made(people[0], request, _colleague(options["name"]))
            except Refused as refusal:
                raise CommandError(f"{refusal}") from refusal
        if request is None:
            raise CommandError(
                f"{people[0].name} has not asked. Take the request on their file or with --as."
            )
        if request.made_at is None:
            raise CommandError(self._waiting(request))
        options["to"].mkdir(parents=True, exist_ok=True)
        path = options["to"] / f"own-data-{request.received_on}.zip"
        path.touch(mode=0o600)
        path.write_bytes(as_zip(request))
        self.stdout.write(str(path))

    def _waiting(self, request: AccessRequest) -> str:
        """Where others are named and nobody has decided yet."""
        places = [one for one in queries.places_of(request) if one.waiting]
        for one in places:
            self.stdout.write(f"{one.waiting:>5}  {one}")
        many = sum(one.waiting for one in places)
        return (
            f"The bundle is not made; {many} passages wait for a decision."
            " Decide on their file, or here with --as."
        )

    def _made(
        self, resident: Resident, request: AccessRequest | None, by: Staff
    ) -> AccessRequest | None:
        """The request, taken and decided passage by passage until nothing waits; then made."""
        if request is None or request.made_at:
            request = self._taken(resident, by)
        for place in queries.places_of(request):
            mentions = queries.mentions_at(request, place.where).filter(decision="")
            for shown in queries.shown(request, mentions, by):
                if not self._decided(shown, place, by):
                    return request
        return operations.make_bundle(_again(request), by=by)

    def _taken(self, resident: Resident, by: Staff) -> AccessRequest:
        stays = Stay.objects.filter(resident=resident).select_related(*Stay.LOCK_WITH)
        stay = stays.order_by("-moved_in_on", "-pk").first()
        if stay is None:
            raise CommandError(f"{resident.name} has never lived here.")
        today = stay.scheme.today()
        taken = operations.take_request(stay, by=by, received_on=today, identity_on=today)
        return _again(taken)

    def _decided(self, shown: queries.Shown, place: queries.Place, by: Staff) -> bool:
        """Ask about one passage; False for stopping here."""
        mention = queries.mention_for(by, shown.mention.pk)
        if mention.decision:
            return True  # with others of the same words
        offered = {
            letter: one for letter, one in LETTERS.items()
            if one in operations.decisions_for(mention)
        }  # fmt: skip
        self.stdout.write(f"\n{place}\n{_in_words(shown)}")
        asked = ", ".join(f"{letter} {one.label}" for letter, one in offered.items())
        answer = ""
        while answer not in {*offered, STOP}:
            answer = input(f"{asked}, {STOP} Stop here: ").strip().lower()
        if answer == STOP:
            return False
        reason = ""
        while not reason:
            reason = input("Why? ").strip()
        same = len(list(operations.same_words(mention)))
        everywhere = bool(same) and input(
            f"The same in {same} other places where these words wait? (y/n) "
        ).strip().lower().startswith("y")  # fmt: skip
        operations.decide_mention(
            mention, by=by, decision=offered[answer], reason=reason, everywhere=everywhere
        )
        return True


def _in_words(shown: queries.Shown) -> str:
    passage = shown.passage
    if passage is None or passage.whole:
        return f"  [{shown}]"
    return f"  {passage.before}[{shown}]{passage.after}"


def _latest(resident: Resident) -> AccessRequest | None:
    found = AccessRequest.objects.filter(stay__resident=resident)
    found = found.select_related(*AccessRequest.LOCK_WITH)
    return found.order_by("-received_on", "-pk").first()


def _again(request: AccessRequest) -> AccessRequest:
    return AccessRequest.objects.select_related(*AccessRequest.LOCK_WITH).get(pk=request.pk)


def _colleague(name: str) -> Staff:
    found = Staff.objects.filter(email__iexact=name).first()
    if found is None:
        raise CommandError("No colleague has that e-mail address.")
    return found
