"""The database refuses to change what is final, whoever asks."""

from django.db import migrations

from alongside.audit import final
from alongside.retention.final import AT_FIRST


def protect(apps, schema_editor):
    final.install(AT_FIRST, schema_editor)


def unprotect(apps, schema_editor):
    final.remove(AT_FIRST, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_final"),
        ("signatures", "0001_initial"),
        ("keywork", "0001_initial"),
        ("plans", "0001_initial"),
        ("sheets", "0001_initial"),
        ("assessments", "0001_initial"),
        ("agreements", "0001_initial"),
        ("reviews", "0001_initial"),
        ("stages", "0001_initial"),
    ]
    operations = [migrations.RunPython(protect, unprotect)]
