"""What colleagues write to each other: about nobody and about somebody, read, put right, closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.conversations.operations import (
    add_colleague,
    begin_conversation,
    close_conversation,
    put_right,
    say_it_is_read,
    take_back,
    write_message,
)
from alongside.conversations.queries import people_here
from alongside.demo.house import House
from alongside.kit import clock


def tell_messages(house: House, *, now: datetime) -> None:
    """Four conversations: one goes on, one is about somebody, one is closed, one is unread."""
    manager, worker = house.first("manager"), house.first("key_worker")
    colleague = house.staff["key_worker"][-1]
    rest = [one for some in house.staff.values() for one in some]
    other = next(one for one in rest if one not in {manager, worker, colleague})
    with clock.standing_at(now - timedelta(days=12)):
        boiler = begin_conversation(
            house.scheme, by=worker, to=[manager, colleague], subject="The boiler on Sunday",
            text="No hot water from six until nine. I rang the engineer, who comes on Monday.",
        )  # fmt: skip
        say_it_is_read(boiler, by=manager)
    with clock.standing_at(now - timedelta(days=10)):
        write_message(boiler, by=manager, text="Thank you. Please tell me when he has been.")
        first = write_message(boiler, by=worker, text="He came at eight. The pump is new.")
        put_right(
            first,
            by=worker,
            text="He came at ten. The pump is new.",
            because="I had the time wrong.",
        )
        close_conversation(boiler, by=manager, because="Mended; the bill goes to the landlord.")
    with clock.standing_at(now - timedelta(days=4)):
        rota = begin_conversation(
            house.scheme, by=manager, to=[worker, colleague], subject="The bank holiday, early",
            text="One more is needed for the early. It counts as a lieu day.",
        )  # fmt: skip
        wrong = write_message(rota, by=colleague, text="I can, until two.")
        take_back(wrong, by=colleague, because="I had the week wrong.")
        add_colleague(rota, by=manager, staff=other, because="They asked for more hours.")
    about = next(
        (one for one in people_here(worker, house.scheme)
         if one in people_here(colleague, house.scheme)), None,
    )  # fmt: skip
    if about:
        with clock.standing_at(now - timedelta(days=2)):
            asked = begin_conversation(
                house.scheme, by=colleague, to=[worker], subject="Wednesday’s appointment",
                stay=about,
                text="Somebody from the clinic rang: it is at half past two now, not at two.",
            )  # fmt: skip
            say_it_is_read(asked, by=worker)
            write_message(asked, by=worker, text="I go along. I have told them the new time.")
    with clock.standing_at(now - timedelta(hours=3)):
        begin_conversation(
            house.scheme, by=manager, to=[worker, other], subject="New keys",
            text="The new key for the back door is in the safe. Sign for it, please.",
        )  # fmt: skip
