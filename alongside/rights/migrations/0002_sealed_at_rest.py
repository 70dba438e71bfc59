"""What is sealed lies in the table encrypted; what was written before is sealed now."""

from typing import Any

from django.db import migrations

import alongside.kit.sealed


def seal_what_is_there(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("rights", "Sealed")
    for row in model._base_manager.only("pk", "title", "words").iterator(chunk_size=500):
        model._base_manager.filter(pk=row.pk).update(title=row.title, words=row.words)


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial")]

    operations = [
        migrations.AlterField("sealed", "title", alongside.kit.sealed.SealedTextField()),
        migrations.AlterField("sealed", "words", alongside.kit.sealed.SealedTextField()),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
    ]
