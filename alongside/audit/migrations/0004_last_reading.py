"""How far the readings have come is kept beside them, by the database itself."""

from typing import Any

from django.db import migrations, models

from alongside.audit import final

SO_FAR = (
    "INSERT INTO audit_lastreading (organisation_id, number, digest)"
    " SELECT r.organisation_id, r.number, r.digest FROM audit_reading r WHERE r.number ="
    " (SELECT MAX(o.number) FROM audit_reading o WHERE o.organisation_id = r.organisation_id)"
    " AND NOT EXISTS"
    " (SELECT 1 FROM audit_lastreading l WHERE l.organisation_id = r.organisation_id)"
)


def count(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(SO_FAR)
    for statement in final.counting(schema_editor.connection.vendor):
        schema_editor.execute(statement)
    final.install(final.JOURNAL[-1:], schema_editor)


def stop(apps: Any, schema_editor: Any) -> None:
    final.remove(final.JOURNAL[-1:], schema_editor)
    on = "" if schema_editor.connection.vendor == "sqlite" else " ON audit_reading"
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {final.COUNTING}{on}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_final")]
    operations = [
        migrations.CreateModel(
            name="LastReading",
            fields=[
                ("organisation_id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunPython(count, stop),
    ]
