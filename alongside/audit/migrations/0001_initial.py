import alongside.kit.clock
import alongside.kit.records
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField()),
                ('scheme_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('event', models.CharField(max_length=80)),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_id', models.UUIDField(null=True)),
                ('system', models.CharField(blank=True, max_length=80)),
                ('acting_for_id', models.UUIDField(null=True)),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.UUIDField()),
                ('record_type', models.CharField(max_length=60)),
                ('record_id', models.UUIDField()),
                ('practice', models.CharField(blank=True, max_length=80)),
                ('payload_digest', models.CharField(max_length=64)),
                ('number', models.BigIntegerField(null=True)),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', '-at'], name='entry_by_subject'), models.Index(fields=['scheme_id', '-at'], name='entry_by_scheme'), models.Index(fields=['actor_id', '-at'], name='entry_by_actor'), models.Index(fields=['record_id'], name='entry_by_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('actor_id', None), ('actor_kind', 'system'), models.Q(('system', ''), _negated=True)), models.Q(('actor_id__isnull', False), ('actor_kind__in', ['staff', 'resident']), ('system', '')), _connector='OR'), name='entry_names_exactly_one_actor'), models.UniqueConstraint(fields=('organisation_id', 'number'), name='entry_numbers_have_no_twins')],
            },
        ),
        migrations.CreateModel(
            name='Once',
            fields=[
                ('token', models.UUIDField(primary_key=True, serialize=False)),
                ('event', models.CharField(max_length=80)),
                ('record_type', models.CharField(max_length=60)),
                ('record_id', models.UUIDField()),
                ('at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='Payload',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='payload', serialize=False, to='audit.entry')),
                ('salt', models.CharField(max_length=32)),
                ('values', models.JSONField(default=dict)),
            ],
        ),
    ]
