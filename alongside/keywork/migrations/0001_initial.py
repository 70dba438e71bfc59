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
        ('plans', '0001_initial'),
        ('residents', '0001_initial'),
        ('stays', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('venue', models.CharField(max_length=40)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('format', models.CharField(blank=True, max_length=40)),
                ('arranged', models.CharField(choices=[('resident', 'By themselves'), ('assisted', 'By themselves, with help'), ('staff', 'By staff for them')], max_length=10)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('outcome', models.CharField(blank=True, choices=[('held', 'Held'), ('missed', 'Missed'), ('cancelled', 'Cancelled'), ('moved', 'Moved')], max_length=10)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_by', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('words', models.TextField(blank=True)),
                ('explanation', models.TextField(blank=True)),
                ('explained_on', models.DateField(blank=True, null=True)),
                ('by_resident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.resident')),
                ('by_staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('explained_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rebooked_as', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='instead_of', to='keywork.booking')),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='stays.stay')),
                ('worker', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['stay', '-starts_at'], name='booking_by_stay'), models.Index(fields=['worker', 'starts_at'], name='booking_by_worker')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by_resident', None), ('by_staff__isnull', False)), models.Q(('by_resident__isnull', False), ('by_staff', None)), _connector='OR'), name='keywork_booking_was_made_by_exactly_one'), models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('worker', 'starts_at'), name='a_worker_meets_one_person_at_a_time', violation_error_message='The worker already has somebody at this time.'), models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('stay', 'starts_at'), name='a_resident_meets_one_worker_at_a_time', violation_error_message='They already have a session at this time.'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='booking_ends_after_it_starts', violation_error_message='A session ends after it starts.'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at', None), ('settled_by', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('settled_at__isnull', False), models.Q(('settled_by', ''), _negated=True)), _connector='OR'), name='booking_outcome_has_a_time_and_a_person'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'held']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='what_was_not_held_has_a_reason', violation_error_message='A session that was not held needs a reason.'), models.CheckConstraint(condition=models.Q(models.Q(('explained_by', None), ('explained_on', None), ('explanation', '')), models.Q(('explained_by__isnull', False), ('explained_on__isnull', False), models.Q(('explanation', ''), _negated=True)), _connector='OR'), name='booking_explanation_has_words_a_day_and_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('happened_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('text', models.TextField(blank=True)),
                ('headings', models.JSONField(blank=True, default=dict)),
                ('help_kinds', models.JSONField(blank=True, default=list)),
                ('restricted', models.BooleanField(default=False)),
                ('late_reason', models.CharField(blank=True, max_length=40)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('corrected_at', models.DateTimeField(blank=True, null=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('removed_because', models.TextField(blank=True)),
                ('corrected_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='stays.stay')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['stay', '-happened_at', '-id'], name='entry_of_stay'), models.Index(fields=['stay', 'kind', '-happened_at'], name='entry_of_stay_by_kind'), models.Index(fields=['written_by', '-happened_at'], name='entry_by_writer')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrected_at', None), ('corrected_by', None)), models.Q(('corrected_at__isnull', False), ('corrected_by__isnull', False)), _connector='OR'), name='note_correction_has_a_time_and_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_because', ''), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False), models.Q(('removed_because', ''), _negated=True)), _connector='OR'), name='note_removal_has_a_time_a_person_and_a_reason', violation_error_message='Removing an entry needs a reason.')],
            },
        ),
        migrations.CreateModel(
            name='EarlierText',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('happened_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('text', models.TextField(blank=True)),
                ('headings', models.JSONField(blank=True, default=dict)),
                ('written_at', models.DateTimeField()),
                ('replaced_because', models.CharField(blank=True, max_length=200)),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier', to='keywork.note')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('note', 'version'), name='each_version_of_a_note_is_kept_once', violation_error_message='Somebody else has just corrected this entry.')],
            },
        ),
        migrations.CreateModel(
            name='NoteLink',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('raised', models.BooleanField(default=False)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='note_links', to='plans.planaction')),
                ('note', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='keywork.note')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('note', 'action'), name='a_note_is_linked_to_an_action_once')],
            },
        ),
        migrations.CreateModel(
            name='NoteMove',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('because', models.TextField()),
                ('moved_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('from_stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes_moved_away', to='stays.stay')),
                ('moved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='keywork.note')),
                ('to_stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes_moved_here', to='stays.stay')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('from_stay', models.F('to_stay')), _negated=True), name='an_entry_is_moved_to_another_file', violation_error_message='This entry is already on that file.')],
            },
        ),
        migrations.CreateModel(
            name='NoteOpening',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('quarter', models.DateTimeField()),
                ('opened_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('note', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='keywork.note')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('note', 'staff', 'quarter'), name='a_reading_is_kept_once_a_quarter')],
            },
        ),
        migrations.CreateModel(
            name='NoteReader',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('note', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='keywork.note')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('note', 'staff'), name='a_note_reader_is_named_once')],
            },
        ),
        migrations.CreateModel(
            name='PeriodReport',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('headings', models.JSONField(default=dict)),
                ('team_question', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='period_reports', to='stays.stay')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['stay', '-until_on', '-id'], name='report_by_stay')],
                'constraints': [models.UniqueConstraint(fields=('stay', 'until_on'), name='one_report_for_each_period', violation_error_message='The report for this period is already written.'), models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='report_period_ends_after_it_begins', violation_error_message='A period ends after it begins.'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='report_answer_has_words_a_time_and_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Preparation',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.TextField(blank=True)),
                ('topics', models.TextField(blank=True)),
                ('resources', models.TextField(blank=True)),
                ('comfort', models.TextField(blank=True)),
                ('prepared_at', models.DateTimeField(default=alongside.kit.clock.now)),
                ('read_headlines_at', models.DateTimeField(blank=True, null=True)),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='preparation', to='keywork.booking')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('held_on', models.DateField()),
                ('attendance', models.CharField(max_length=40)),
                ('venue', models.CharField(blank=True, max_length=40)),
                ('format', models.CharField(blank=True, max_length=40)),
                ('own_words', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('booking', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='session', to='keywork.booking')),
                ('held_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='session', to='keywork.note')),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['stay', '-held_on', '-id'], name='session_by_stay')],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('venue', models.CharField(max_length=40)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('format', models.CharField(blank=True, max_length=40)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='organisation.scheme')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('worker', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='slots', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['scheme', 'starts_at'], name='slot_by_scheme')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('worker', 'starts_at'), name='a_slot_is_offered_once', violation_error_message='This time is already offered.'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='slot_ends_after_it_starts', violation_error_message='A slot ends after it starts.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='slot_withdrawal_has_a_time_and_a_person')],
            },
        ),
        migrations.AddField(
            model_name='booking',
            name='slot',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='keywork.slot'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('slot',), name='a_slot_is_taken_once', violation_error_message='Somebody has just taken this slot.'),
        ),
    ]
