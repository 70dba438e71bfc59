"""What was known of a data breach, and who was told of it, is not changed."""

from django.db import migrations

from alongside.audit import final
from alongside.retention.final import OF_DATA_BREACHES


def protect(apps, schema_editor):
    final.install(OF_DATA_BREACHES, schema_editor)


def unprotect(apps, schema_editor):
    final.remove(OF_DATA_BREACHES, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("retention", "0003_final_again"), ("data_breaches", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
