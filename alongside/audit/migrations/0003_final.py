"""The database refuses to change the journal, whoever asks."""

from django.db import migrations, models

from alongside.audit import final


def protect(apps, schema_editor):
    final.install(final.AT_FIRST, schema_editor)


def unprotect(apps, schema_editor):
    final.remove(final.AT_FIRST, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]
    operations = [
        migrations.AlterField("entry", "number", models.BigIntegerField()),
        migrations.AlterField("entry", "digest", models.CharField(max_length=64)),
        migrations.RunPython(protect, unprotect),
    ]
