"""SQLite makes a table anew when its constraints change, and loses its triggers: here they are."""

from django.db import migrations

from alongside.audit import final
from alongside.retention.final import AT_FIRST


def protect(apps, schema_editor):
    final.install(AT_FIRST, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0002_initial"),
        ("signatures", "0002_signers_of_the_practice"),
        ("plans", "0004_signers_of_the_practice"),
    ]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
