"""Draws Django's forms in the house's own markup: question, hint, error, field."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Every `{{ form }}` and `{{ field.as_field_group }}` in the house goes through here."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
