"""The plan’s page offers an action for each open task of the stage, in few queries."""

from __future__ import annotations

from alongside.stages.tests.scenes import at_stage


def test_a_task_that_is_open_is_offered_on_the_page_with_few_queries(
    client, tomasz, grace, django_assert_max_num_queries
):
    at_stage(tomasz, "probation", by=grace)
    client.force_login(grace)
    client.get(f"/stays/{tomasz.pk}/plans/")

    with django_assert_max_num_queries(12):
        shown = client.get(f"/stays/{tomasz.pk}/plans/").text

    assert "?task=P1" in shown
