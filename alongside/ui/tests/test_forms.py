from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.ui.forms import OperationForm
from alongside.ui.signature import SignatureField


class SessionForm(OperationForm):
    says = {"held_on": "Say when you met"}

    held_on = forms.DateField(label="When did you meet?", help_text="The day, not the hour")
    where = forms.ChoiceField(
        label="Where did you meet?", choices=[("house", "Here")], widget=forms.RadioSelect
    )
    notes = forms.CharField(label="Notes", max_length=500, widget=forms.Textarea, required=False)
    paper = forms.FileField(label="A paper", required=False)


GOOD = {"held_on": "2026-04-20", "where": "house", "notes": "Tomek rang his sister."}


def sent(**words: Any) -> SessionForm:
    return SessionForm.from_request(RequestFactory().post("/", words))


def test_what_was_left_out_is_asked_for_in_the_forms_own_words() -> None:
    shown = str(sent())

    assert '<a href="#id_held_on">Say when you met</a>' in shown
    assert '<a href="#id_where_0">Answer “Where did you meet?”</a>' in shown
    assert 'aria-describedby="id_held_on_helptext id_held_on_error"' in shown


def test_every_error_in_the_summary_leads_to_something_on_the_page() -> None:
    shown = str(sent())

    for name in ("id_held_on", "id_where_0"):
        assert f'href="#{name}"' in shown
        assert f'id="{name}"' in shown


def test_the_operation_gets_the_answers_and_nothing_of_the_forms_own() -> None:
    told: dict[str, Any] = {}

    def record(stay: str, *, by: str, **words: Any) -> str:
        told.update(words, stay=stay, by=by)
        return "recorded"

    assert sent(**GOOD, once=str(uuid4())).carry_out(record, "a stay", by="Amina") == "recorded"
    assert set(told) == {"stay", "by", "held_on", "where", "notes", "paper"}


def test_a_number_out_of_range_is_told_in_two_sentences() -> None:
    class HowLong(OperationForm):
        minutes = forms.IntegerField(label="Minutes", min_value=1)

    form = HowLong({"minutes": "-5"})

    assert form.errors == {"minutes": ["That number is too small. Write 1 or more."]}


def test_a_refusal_stands_beside_its_field_and_the_words_stay() -> None:
    def refuse(stay: str, *, by: str, **_: Any) -> None:
        raise Refused("It is in the future.", instead="Book it instead.", field="held_on")

    form = sent(**GOOD)

    assert form.carry_out(refuse, "a stay", by="Amina") is None
    assert form.errors == {"held_on": ["It is in the future. Book it instead."]}
    assert "Tomek rang his sister." in str(form)


def test_when_two_people_wrote_both_texts_are_shown() -> None:
    def refuse(stay: str, *, by: str, **_: Any) -> None:
        raise ChangedMeanwhile(
            "Grace changed this.", instead="Read hers.", theirs={"notes": "Seen <today>."}
        )

    form = sent(**GOOD)
    form.carry_out(refuse, "a stay", by="Amina")
    shown = str(form)

    assert "Seen &lt;today&gt;." in shown
    assert shown.count("Tomek rang his sister.") == 2
    assert "Grace changed this. Read hers." in shown


def test_each_fresh_form_has_a_token_of_its_own() -> None:
    first, second = (SessionForm.from_request(RequestFactory().get("/")) for _ in range(2))

    assert UUID(str(first["once"].value())) != UUID(str(second["once"].value()))


def test_an_empty_form_has_no_errors_before_it_is_sent() -> None:
    shown = str(SessionForm.from_request(RequestFactory().get("/")))

    assert "error" not in shown
    assert 'type="date"' in shown
    assert 'data-maxlength="500"' in shown


def test_a_paper_comes_with_the_form() -> None:
    form = sent(**GOOD, paper=SimpleUploadedFile("letter.txt", b"Dear Tomasz"))

    assert form.is_valid()
    assert form.cleaned_data["paper"].name == "letter.txt"


class SignForm(OperationForm):
    signature = SignatureField(label="Signature", required=False)


@pytest.mark.parametrize("strokes", ["M10 20 L12 24", "M1 2 L3 4 M5 6 L7 8", ""])
def test_a_drawn_signature_is_strokes_and_nothing_else(strokes: str) -> None:
    assert SignForm({"signature": strokes}).is_valid()


@pytest.mark.parametrize(
    "strokes", ['M1 2"/><script>', "L1 2", "M1 2 L3 url(x)", "M1 2" + " L1 2" * 10_000]
)
def test_anything_else_in_a_signature_is_turned_away(strokes: str) -> None:
    assert not SignForm({"signature": strokes}).is_valid()


@pytest.mark.parametrize("typed", ["31/02/2026", "yesterday", "2026-02-31"])
def test_a_day_that_is_none_is_shown_as_it_was_typed(typed: str) -> None:
    form = sent(**{**GOOD, "held_on": typed})
    assert not form.is_valid()

    shown = str(form["held_on"])

    assert 'type="text"' in shown
    assert f'value="{typed}"' in shown
    assert 'type="date"' in str(sent(**{**GOOD, "where": ""})["held_on"])


def test_no_box_cuts_off_what_is_pasted_into_it() -> None:
    assert " maxlength=" not in str(SessionForm())
