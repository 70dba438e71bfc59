"""SQLite made tables anew for a column, and they lost their triggers: here they are, with it."""

from django.db import migrations

from alongside.audit import final
from alongside.retention.final import AT_FIRST, OF_PRINCIPLES


def protect(apps, schema_editor):
    final.install(AT_FIRST, schema_editor)
    final.install(OF_PRINCIPLES, schema_editor)


def unprotect(apps, schema_editor):
    final.remove(OF_PRINCIPLES, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0005_colleagues_who_left"),
        ("keywork", "0004_principles"),
        ("plans", "0005_principles_and_aims"),
    ]
    operations = [migrations.RunPython(protect, unprotect)]
