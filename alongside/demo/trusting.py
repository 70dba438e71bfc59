"""Who stands in for whom at the demo's hostel; whose file is limited, sealed or was opened."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.demo.house import House
from alongside.documents.operations import add_document, replace_document
from alongside.kit import clock
from alongside.organisation.models import Capacity, Membership
from alongside.residents.operations import amend_resident
from alongside.rights.lifting import ask_to_lift, lift
from alongside.rights.operations import (
    limit_file,
    open_in_emergency,
    put_under_seal,
    review_opening,
    seal,
)
from alongside.stays.models import Stay
from alongside.team.operations import answer_delegation, arrange_stand_in, delegate


def tell_who_stands_in(house: House, *, now: datetime) -> None:
    """Ben acts for Grace this evening; Amina took something on, and Piotr is asked to."""
    grace, ben = house.first("manager"), house.first("coordinator")
    post = Membership.objects.select_related(*("staff", "scheme__organisation")).get(
        staff=grace, scheme=house.scheme, until_on=None
    )
    arrange_stand_in(
        post, by=grace, staff=ben, capacity=Capacity.ACTING, from_at=now,
        until_at=now + timedelta(hours=30), because="Grace is at the regional meeting.",
    )  # fmt: skip
    amina, piotr = house.staff["key_worker"][:2]
    with clock.standing_at(now - timedelta(days=9)):
        taken = delegate(
            post, by=grace, staff=amina, responsibilities=["contact_point", "family"],
            from_at=clock.now(), because="You know the families best.",
        )  # fmt: skip
        answer_delegation(taken, by=amina, accept=True)
        delegate(post, by=grace, staff=piotr, responsibilities=["consistency"], from_at=clock.now())


def tell_whose_file_is_closed(house: House, *, now: datetime) -> None:
    """One file only four may open; one never by somebody; two openings, one still to look at."""
    stays = Stay.objects.select_related(*Stay.LOCK_WITH).filter(
        scheme=house.scheme, moved_out_on=None
    )
    latest, known, old = list(stays.order_by("-moved_in_on")[4:7])
    grace, ben, sal = (
        house.first("manager"),
        house.first("coordinator"),
        house.first("night_worker"),
    )
    with clock.standing_at(now - timedelta(days=6)):
        limit_file(
            latest, by=grace, kind="only", staff=[grace, ben, *house.staff["key_worker"][:2]],
            because="Known to people who visit others here.",
        )  # fmt: skip
        seal(
            latest, by=grace, kind="address", title="Where they were before",
            words="At an aunt’s, 14 Larch Close. Nobody who asks may learn of it.",
        )  # fmt: skip
        limit_file(
            known, by=grace, kind="never", staff=house.staff["support_worker"][:1],
            because="They are cousins, and told us so.",
        )  # fmt: skip
        amend_resident(
            house.scheme, by=grace, resident=latest.resident,
            next_of_kin="Her aunt, who is not to be rung by anybody but us.",
        )  # fmt: skip
        put_under_seal(latest, by=grace, part="next_of_kin", kind="third_party")
        _put_away_what_may_be_known_again(house, known)
        seal(
            known, by=house.first("key_worker"), kind="third_party", title="About his sister",
            words="She asked us not to say that she rang.",
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=3)):
        looked_at = open_in_emergency(
            old, by=ben, because="The ambulance was here and asked for his medicines."
        )
    with clock.standing_at(now - timedelta(days=2)):
        review_opening(looked_at, by=grace, verdict="in_order", words="The crew confirmed it.")
    with clock.standing_at(now - timedelta(hours=9)):
        open_in_emergency(
            latest, by=sal, because="A call at three in the night, and no word from where."
        )


def _put_away_what_may_be_known_again(house: House, stay: Stay) -> None:
    """Two details under seal: of one the seal is lifted, the other waits for its second person."""
    grace, ben = house.first("manager"), house.first("coordinator")
    amend_resident(
        house.scheme, by=grace, resident=stay.resident, phone="07700 900514",
        doctor="Dr Osei, Lock Lane Surgery",
    )  # fmt: skip
    again = Stay.objects.select_related(*Stay.LOCK_WITH).get(pk=stay.pk)
    phone = put_under_seal(again, by=grace, part="phone", kind="third_party")
    doctor = put_under_seal(again, by=grace, part="doctor", kind="health")
    asked = ask_to_lift(
        phone, by=ben, because="He has a new number, and gave it to the people who rang."
    )
    lift(asked, by=grace)
    ask_to_lift(doctor, by=ben, because="The clinic asks for it in every letter.")


def tell_what_is_on_paper(house: House, *, now: datetime) -> None:
    """A few papers in one file: one with a newer version, one restricted."""
    stay = Stay.objects.select_related(*Stay.LOCK_WITH).filter(
        scheme=house.scheme, moved_out_on=None
    ).order_by("moved_in_on")[0]  # fmt: skip
    amina, today = house.first("key_worker"), now.date()
    with clock.standing_at(now - timedelta(days=2)):
        papers = [
            add_document(
                stay,
                by=house.first("manager"),
                kind=kind,
                title=title,
                restricted=restricted,
                dated_on=today - timedelta(days=days),
                file=_paper(title, words),
            )
            for kind, title, days, restricted, words in (
                ("housing", "Housing register", 60, False, "You are on the register, band B."),
                (
                    "benefits",
                    "Award of Universal Credit",
                    41,
                    False,
                    "From the first of the month.",
                ),
                ("health", "Letter from the clinic", 20, True, "Seen today; next visit in May."),
            )
        ]
        replace_document(
            papers[0], by=amina, dated_on=today - timedelta(days=4),
            file=_paper("Housing register", "You are on the register, now in band A."),
        )  # fmt: skip


def _paper(title: str, words: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{title}.txt", f"{title}\n\n{words}\n".encode())
