"""The chain over the journal, the chain of readings, and what erases the words of an entry."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import alongside.kit.clock
import alongside.kit.records
from alongside.audit.chain import OF_AN_ENTRY, fingerprint, seal

AT_ONCE = 1000


def link_what_is_there(apps, schema_editor):
    """Number and seal the entries that were written before there was a chain."""
    entry_model, head_model = apps.get_model("audit", "Entry"), apps.get_model("audit", "Head")
    for organisation in (
        entry_model.objects.filter(number=None).values_list("organisation_id", flat=True).distinct()
    ):
        number, digest, waiting = 0, "", []
        for entry in entry_model.objects.filter(organisation_id=organisation).order_by("id"):
            number += 1
            entry.number, entry.previous = number, digest
            digest = entry.digest = seal({name: getattr(entry, name) for name in OF_AN_ENTRY})
            waiting.append(entry)
        entry_model.objects.bulk_update(waiting, ["number", "previous", "digest"], AT_ONCE // 10)
        head_model.objects.create(
            organisation_id=organisation, number=number, digest=digest, key=fingerprint()
        )


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("organisation_id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("key", models.CharField(max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.UUIDField()),
                ("scheme_id", models.UUIDField(null=True)),
                ("resident_id", models.UUIDField()),
                ("at", models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ("quarter", models.DateTimeField()),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.UUIDField()),
                ("what", models.CharField(max_length=40)),
                ("about", models.CharField(blank=True, max_length=36)),
                ("number", models.BigIntegerField()),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["resident_id", "-at"], name="reading_by_resident")],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation_id", "number"), name="reading_numbers_have_no_twins"),
                    models.UniqueConstraint(fields=("actor_id", "resident_id", "what", "about", "quarter"), name="a_reading_is_told_once_a_quarter"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Permit",
            fields=[
                ("erasure_id", models.UUIDField(primary_key=True, serialize=False)),
                ("asked_by_id", models.UUIDField()),
                ("approved_by_id", models.UUIDField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked_by_id", django.db.models.expressions.F("approved_by_id")), _negated=True),
                        name="an_erasure_is_decided_by_two_people",
                        violation_error_message="Two people decide that something is erased.",
                    )
                ],
            },
        ),
        migrations.AddField("payload", "erased_by", models.UUIDField(null=True)),
        migrations.RunPython(link_what_is_there, migrations.RunPython.noop),
    ]
