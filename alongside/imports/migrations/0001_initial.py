import alongside.imports.models
import alongside.kit.clock
import alongside.kit.records
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0001_initial'),
        ('organisation', '__first__'),
        ('residents', '0001_initial'),
        ('stays', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=200)),
                ('digest', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('delimiter', models.CharField(blank=True, max_length=2)),
                ('file', models.FileField(blank=True, upload_to=alongside.imports.models.file_place)),
                ('rejected', models.FileField(blank=True, upload_to=alongside.imports.models.file_place)),
                ('mappings', models.JSONField(default=dict)),
                ('counts', models.JSONField(default=dict)),
                ('notices', models.JSONField(default=list)),
                ('questions', models.JSONField(default=list)),
                ('duplicates', models.JSONField(default=list)),
                ('rejected_people', models.JSONField(default=list)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('stopped_because', models.TextField(blank=True)),
                ('file_let_go_at', models.DateTimeField(blank=True, null=True)),
                ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='organisation.scheme')),
            ],
            options={
                'indexes': [models.Index(fields=['scheme', '-recorded_at'], name='import_by_scheme')],
                'constraints': [models.CheckConstraint(condition=models.Q(('applied_at', None), models.Q(('applied_at__isnull', False), ('begun_at__isnull', False)), _connector='OR'), name='an_import_is_begun_before_it_is_applied'), models.CheckConstraint(condition=models.Q(models.Q(('file_let_go_at', None), models.Q(('file', ''), _negated=True)), models.Q(('file', ''), ('file_let_go_at__isnull', False), ('rejected', '')), _connector='OR'), name='a_file_is_there_until_it_is_let_go')],
            },
        ),
        migrations.CreateModel(
            name='ImportedRow',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('sheet', models.CharField(max_length=120)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('identity', models.CharField(max_length=400)),
                ('fingerprint', models.CharField(max_length=64)),
                ('record_type', models.CharField(max_length=60)),
                ('record_id', models.UUIDField()),
                ('kept', models.JSONField(default=dict)),
                ('name', models.JSONField(default=list)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('resident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.resident')),
                ('scheme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.scheme')),
                ('stay', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stays.stay')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imported', to='imports.importrun')),
            ],
            options={
                'indexes': [models.Index(fields=['scheme', 'identity'], name='imported_by_identity')],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'fingerprint'), name='a_row_is_brought_in_once', violation_error_message='This row has been brought in already.')],
            },
        ),
        migrations.CreateModel(
            name='RememberedAnswer',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=200)),
                ('text_key', models.CharField(max_length=200)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('name', models.CharField(max_length=400)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('who_key', models.CharField(max_length=420)),
                ('answered_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='residents.resident')),
                ('scheme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.scheme')),
            ],
            options={
                'indexes': [models.Index(fields=['scheme', 'text_key'], name='answer_by_text')],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'text_key', 'fingerprint', 'who_key'), name='an_answer_is_remembered_once')],
            },
        ),
        migrations.CreateModel(
            name='RememberedMapping',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('sheet_key', models.CharField(max_length=120)),
                ('kind', models.CharField(blank=True, max_length=20)),
                ('signature_digest', models.CharField(max_length=64)),
                ('mapping', models.JSONField()),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now)),
                ('scheme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.scheme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scheme', 'sheet_key', 'signature_digest'), name='a_mapping_is_remembered_once')],
            },
        ),
        migrations.CreateModel(
            name='RowVerdict',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('sheet', models.CharField(max_length=120)),
                ('number', models.PositiveIntegerField()),
                ('order', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('verdict', models.CharField(max_length=12)),
                ('about', models.CharField(blank=True, max_length=200)),
                ('reasons', models.JSONField(default=list)),
                ('words', models.TextField(blank=True)),
                ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='imports.importrun')),
            ],
            options={
                'ordering': ['order'],
                'indexes': [models.Index(fields=['run', 'order'], name='row_verdict_by_run'), models.Index(fields=['run', 'verdict', 'order'], name='row_verdict_by_verdict')],
            },
        ),
    ]
