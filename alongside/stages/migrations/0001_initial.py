import alongside.kit.clock
import alongside.kit.records
import alongside.stages.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '__first__'),
        ('residents', '0001_initial'),
        ('stays', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('task', models.CharField(max_length=20)),
                ('line', models.CharField(blank=True, max_length=120)),
                ('kind', models.CharField(max_length=20)),
                ('happened_on', models.DateField()),
                ('words', models.TextField(blank=True)),
                ('file', models.FileField(blank=True, upload_to=alongside.stages.models.evidence_place)),
                ('file_name', models.CharField(blank=True, max_length=200)),
                ('file_kind', models.CharField(blank=True, max_length=80)),
                ('record_type', models.CharField(blank=True, max_length=60)),
                ('record_id', models.UUIDField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('by_resident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.resident')),
                ('by_staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['stay', 'task', 'recorded_at'], name='evidence_by_task')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by_resident', None), ('by_staff__isnull', False)), models.Q(('by_resident__isnull', False), ('by_staff', None)), _connector='OR'), name='stages_evidence_was_made_by_exactly_one'), models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), models.Q(('file', ''), _negated=True), ('record_id__isnull', False), _connector='OR'), name='evidence_shows_something', violation_error_message='Write something, or add a file.'), models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('file_name', '')), models.Q(models.Q(('file', ''), _negated=True), models.Q(('file_name', ''), _negated=True)), _connector='OR'), name='a_file_has_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('record_id', None), ('record_type', '')), models.Q(('record_id__isnull', False), models.Q(('record_type', ''), _negated=True)), _connector='OR'), name='linked_evidence_names_its_kind')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceNote',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('written_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('by_resident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.resident')),
                ('by_staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='stages.evidencenote')),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='evidence_notes', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['stay', '-written_on', '-id'], name='note_by_stay')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by_resident', None), ('by_staff__isnull', False)), models.Q(('by_resident__isnull', False), ('by_staff', None)), _connector='OR'), name='stages_evidencenote_was_made_by_exactly_one'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='an_evidence_note_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('verdict', models.CharField(choices=[('accepted', 'Accepted'), ('rejected', 'Not accepted')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('words', models.TextField(blank=True)),
                ('read_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='stages.evidence')),
                ('read_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['stay', 'read_at'], name='reading_by_stay')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'rejected'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_rejection_has_its_reason', violation_error_message='Say why it is not accepted.')],
            },
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('by_resident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.resident')),
                ('by_staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stays.stay')),
                ('answered', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='stages.reading')),
                ('reading', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='dispute', to='stages.reading')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by_resident', None), ('by_staff__isnull', False)), models.Q(('by_resident__isnull', False), ('by_staff', None)), _connector='OR'), name='stages_dispute_was_made_by_exactly_one'), models.CheckConstraint(condition=models.Q(('answered', None), models.Q(('answered', models.F('reading')), _negated=True), _connector='OR'), name='a_dispute_is_answered_by_another_reading')],
            },
        ),
        migrations.CreateModel(
            name='Reconciliation',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('record_type', models.CharField(max_length=60)),
                ('record_id', models.UUIDField()),
                ('says', models.CharField(max_length=300)),
                ('outcome', models.CharField(max_length=40)),
                ('words', models.TextField(blank=True)),
                ('reconciled_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('reconciled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reconciliations', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['stay', '-reconciled_on', '-id'], name='reconciled_by_stay')],
                'constraints': [models.UniqueConstraint(fields=('stay', 'record_id', 'reconciled_on'), name='a_claim_is_reconciled_once_a_day', violation_error_message='This was compared with its evidence today already.'), models.CheckConstraint(condition=models.Q(('outcome', ''), _negated=True), name='a_reconciliation_has_its_outcome')],
            },
        ),
        migrations.CreateModel(
            name='StageMove',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('entered', 'Moved in'), ('promoted', 'Promoted'), ('early', 'Promoted early'), ('skipped', 'Promoted past a stage'), ('demoted', 'Moved back'), ('kept', 'Stays at the stage')], max_length=10)),
                ('from_stage', models.SlugField(blank=True, max_length=60)),
                ('stage', models.SlugField(max_length=60)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('words', models.TextField(blank=True)),
                ('tasks', models.JSONField(blank=True, default=list)),
                ('told_on', models.DateField(blank=True, null=True)),
                ('answer', models.TextField(blank=True)),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('lifted_because', models.TextField(blank=True)),
                ('practice', models.CharField(max_length=80)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('moved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='stage_moves', to='stays.stay')),
                ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['stay', '-at', '-id'], name='stage_move_by_stay')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'entered')), fields=('stay',), name='the_first_stage_is_entered_once', violation_error_message='They are at a stage already.'), models.CheckConstraint(condition=models.Q(models.Q(('from_stage', ''), ('kind', 'entered')), models.Q(models.Q(('kind', 'entered'), _negated=True), models.Q(('from_stage', ''), _negated=True)), _connector='OR'), name='every_move_but_the_first_leaves_a_stage'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'kept'), ('stage', models.F('from_stage'))), models.Q(models.Q(('kind', 'kept'), _negated=True), models.Q(('stage', models.F('from_stage')), _negated=True)), _connector='OR'), name='a_move_goes_to_another_stage', violation_error_message='They are at that stage already.'), models.CheckConstraint(condition=models.Q(('kind__in', ['entered', 'promoted']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='an_unusual_move_has_its_reason', violation_error_message='Say why.'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['early', 'skipped']), _negated=True), ('approved_by__isnull', False), _connector='OR'), name='an_early_promotion_has_its_approver', violation_error_message='Say who approved it.'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('told_by', None), ('told_on', None)), models.Q(('told_by__isnull', False), ('told_on__isnull', False)), _connector='OR'), name='telling_somebody_has_a_day_and_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_because', ''), ('lifted_by', None)), models.Q(('kind', 'demoted'), ('lifted_at__isnull', False), ('lifted_by__isnull', False), models.Q(('lifted_because', ''), _negated=True)), _connector='OR'), name='only_a_demotion_is_lifted_with_a_reason', violation_error_message='Say why it is lifted.')],
            },
        ),
        migrations.CreateModel(
            name='TaskDecision',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('task', models.CharField(max_length=20)),
                ('kind', models.CharField(choices=[('verified', 'Verified'), ('lapsed', 'Lapsed'), ('not_applicable', 'Not applicable'), ('substituted', 'Substituted'), ('waived', 'Waived'), ('applies', 'Applies as written')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('words', models.TextField(blank=True)),
                ('replaced_by', models.CharField(blank=True, max_length=200)),
                ('stood_on', models.TextField(blank=True)),
                ('agreed_on', models.DateField(blank=True, null=True)),
                ('decided_on', models.DateField()),
                ('practice', models.CharField(max_length=80)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='task_decisions', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['stay', 'recorded_at'], name='task_decision_by_stay'), models.Index(fields=['kind', 'recorded_at'], name='task_decision_by_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['verified', 'applies']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_variation_or_lapse_has_its_reason', violation_error_message='Say why.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'substituted'), models.Q(('replaced_by', ''), _negated=True)), models.Q(models.Q(('kind', 'substituted'), _negated=True), ('replaced_by', '')), _connector='OR'), name='a_substituted_task_says_what_instead', violation_error_message='Say what is done instead.'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['waived', 'substituted']), _negated=True), ('approved_by__isnull', False), _connector='OR'), name='a_waiver_has_its_approver', violation_error_message='Say who approved it.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'not_applicable'), _negated=True), ('agreed_on__isnull', False), _connector='OR'), name='not_applicable_is_agreed_with_the_resident', violation_error_message='Say when it was agreed with them.'), models.CheckConstraint(condition=models.Q(('kind', 'lapsed'), ('decided_by__isnull', False), _connector='OR'), name='only_a_lapse_is_seen_by_the_system')],
            },
        ),
    ]
