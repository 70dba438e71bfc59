"""What is known for a match: the resident's own wish, and what a worker brings."""

from __future__ import annotations

from datetime import date
from typing import IO

from alongside.allocations.models import Wish, WorkerProfile
from alongside.allocations.operations.allocating import cannot_be_named
from alongside.allocations.photos import small
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.residents.models import made_by
from alongside.stays.models import Stay


@operation("wish.recorded", needs=Action.ASK_FOR_CHANGE_OF_KEY_WORKER, unless=cannot_be_named)
def record_wish(
    stay: Stay,
    *,
    by: Actor,
    wish: str,
    worker: Staff | None = None,
    words: str = "",
    asked_on: date | None = None,
) -> Wish:
    """Record whom a resident would like as key worker. Said again, the later wish holds.

    Refused when it is not on the pack's list, or names nobody where it should.
    """
    if wish not in stay.scheme.pack.choices("key_worker_wishes"):
        raise Refused("That is not on the list.", instead="Choose one that is.", field="wish")
    if wish == "named" and worker is None:
        raise Refused("Nobody is named.", instead="Say whom they wish for.", field="worker")
    return Wish.objects.create(
        stay=stay,
        wish=wish,
        worker=worker if wish == "named" else None,
        words=words,
        asked_on=asked_on or stay.scheme.today(),
        **made_by(by),
    )


@operation("worker.described", needs=Action.ALLOCATE_KEY_WORKER)
def describe_worker(
    scheme: Scheme,
    *,
    by: Actor,
    worker: Staff,
    languages: str = "",
    gender: str = "",
    skills: str = "",
    photo: IO[bytes] | None = None,
) -> WorkerProfile:
    """Say what a worker brings to a match, with a photo for the people they work with.

    Languages and skills are listed with commas. Refused for a file that is no picture, and for
    somebody of another organisation.
    """
    if worker.organisation_id != scheme.organisation_id:
        raise Refused(
            "This person works for another organisation.",
            instead="Choose somebody who works here.",
            field="worker",
        )
    profile = WorkerProfile.objects.filter(worker=worker).first() or WorkerProfile(worker=worker)
    profile.languages, profile.gender, profile.skills = languages, gender, skills
    if photo:
        kept, profile.photo = profile.photo, small(photo)
        if kept:
            kept.delete(save=False)
    profile.save()
    return profile
