import django.db.models.deletion
from django.db import migrations, models

import alongside.kit.records


class Migration(migrations.Migration):
    dependencies = [
        ("keywork", "0001_key_working"),
        ("plans", "0001_plans_actions_weekly_forms"),
    ]

    operations = [
        migrations.DeleteModel(name="NoteLink"),
        migrations.CreateModel(
            name="NoteLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.kit.records.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("raised", models.BooleanField(default=False)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="note_links",
                        to="plans.planaction",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="keywork.note",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("note", "action"), name="a_note_is_linked_to_an_action_once"
                    )
                ],
            },
        ),
    ]
