"""What the style page shows: one invented resident, so that components have a story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict

from alongside.kit.refusal import ChangedMeanwhile
from alongside.ui.charts import Compared, bars, radar, trend
from alongside.ui.forms import OperationForm
from alongside.ui.paging import Link, Paged, choices
from alongside.ui.signature import SignatureField

if TYPE_CHECKING:
    from django.http import HttpRequest

LONDON = ZoneInfo("Europe/London")


class ShowForm(OperationForm):
    """One of each field."""

    says = {"held_on": "Say when you met", "where": "Say where you met"}

    held_on = forms.DateField(label="When did you meet?")
    where = forms.ChoiceField(
        label="Where did you meet?",
        choices=[("house", "At the house"), ("out", "Out and about"), ("phone", "By phone")],
        widget=forms.RadioSelect,
    )
    minutes = forms.IntegerField(label="How many minutes?", min_value=1, required=False)
    next_at = forms.DateTimeField(label="When is the next session?", required=False)
    worked_on = forms.MultipleChoiceField(
        label="What did you work on?",
        choices=[("rent", "Pay off rent arrears"), ("cook", "Cook three meals a week")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    share = forms.ChoiceField(
        label="Who may read it?", choices=[("team", "The house team"), ("me", "Managers only")]
    )
    notes = forms.CharField(
        label="What did you talk about?",
        help_text="Write it so that Tomasz can read it with you.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photo = forms.FileField(label="A photograph or a paper", required=False)
    signature = SignatureField(label="Signature", required=False)
    agreed = forms.BooleanField(
        label="Tomasz has read this", required=False, help_text="Or it was read to him."
    )


@dataclass(frozen=True, slots=True)
class Moment:
    happened_at: datetime
    says: str
    about: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    room: str
    stage: str
    next_session: str
    state: str
    tone: str


AREAS = [
    Compared("Motivation and taking responsibility", 3, 6),
    Compared("Looking after yourself", 2, 5),
    Compared("Managing money", 4, 7),
    Compared("Friends and whānau", 5, 6),
    Compared("Drug and alcohol use", 1, 4),
    Compared("Physical health", 4, 4),
    Compared("Emotional health", None, 3),
    Compared("Meaningful use of time", 4, 8),
]
PEOPLE = [
    Person("Tomasz Nowak", "4", "Stage 2", "Wed 22 Apr, 2pm", "On track", "good"),
    Person("Siân Pritchard", "7", "Stage 1", "Overdue by 3 days", "Overdue", "bad"),
    Person("Joseph Adeyemi-Fitzgerald", "11", "Stage 3", "Fri 24 Apr, 10am", "Due soon", "warn"),
]


def shown(request: HttpRequest) -> dict[str, Any]:
    """Everything on the style page but its form."""
    return {
        "moments": [
            Moment(_at(20, 11, 30), "Key-work session", "With Amina, 40 minutes", "#", "good"),
            Moment(_at(20, 9, 5), "Moved from Stage 1 to Stage 2", "Agreed by Grace", "#"),
            Moment(
                _at(17, 22, 10),
                "Argument in the kitchen, settled by staff",
                "Night log",
                "#",
                "warn",
            ),
            Moment(_at(16, 16, 0), "Did not come to a session", "", "#", "bad"),
        ],
        "timeline_filters": choices(request, "kind", {"sessions": "Sessions", "notes": "Notes"}),
        "sections": [
            Link(says, f"#{i}", i == 0)
            for i, says in enumerate(
                [
                    "Overview",
                    "Timeline",
                    "Plan",
                    "Assessment",
                    "Sessions",
                    "Stages",
                    "Papers",
                    "Money",
                ]
            )
        ],
        "people": Paged(PEOPLE, 1, 3, 58, 25, "name", request.GET or QueryDict()),
        "facts": [
            ("Preferred name", "Tomek", "#"),
            ("Languages", "Polish, English", "#"),
            ("Moved in", "12 January 2026"),
            ("Allergies", "", "#", "Add"),
        ],
        "compared_bars": bars(
            "Progress since moving in", AREAS, most=10, then_says="January", now_says="April"
        ),
        "compared_radar": radar(
            "The whole picture", AREAS, most=10, then_says="January", now_says="April"
        ),
        "over_time": trend(
            "Sessions held each month",
            [("Nov", 2), ("Dec", 3), ("Jan", None), ("Feb", 4), ("Mar", 3), ("Apr", 5)],
            most=6,
        ),
        "alerts": ["Do not visit alone", "Allergic to penicillin"],
        "strokes": "M40 120 L80 60 L110 150 L150 70 L180 130 M200 100 L260 95 L300 120 L380 80",
    }


def refuse_politely(_: object, *, by: object, **words: object) -> None:
    """Stands for an operation that finds that somebody else was quicker."""
    raise ChangedMeanwhile(
        "Grace changed this record while you were writing.",
        instead="Read what she wrote, change yours if you need to, and save again.",
        theirs={"notes": "Tomek rang his sister and feels better about Friday."},
    )


def _at(on: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 4, on, hour, minute, tzinfo=LONDON)
