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
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('leave', 'Leave'), ('sick', 'Off sick')], max_length=5)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('words', models.TextField(blank=True)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('expected_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('decision', models.CharField(blank=True, choices=[('approved', 'Approved'), ('refused', 'Refused')], max_length=8)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_words', models.TextField(blank=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_because', models.CharField(blank=True, max_length=300)),
                ('change_opened_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='organisation.scheme')),
                ('worker', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['worker', '-from_on'], name='absence_by_worker'), models.Index(fields=['scheme', '-from_on'], name='absence_by_scheme')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None), models.Q(('decision', 'refused'), _negated=True)), fields=('worker', 'from_on'), name='an_absence_begins_once', violation_error_message='This absence is on the list already.'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='absence_ends_after_it_begins', violation_error_message='The last day cannot be before the first.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'leave'), _negated=True), models.Q(('expected_on', None), ('until_on__isnull', False)), _connector='OR'), name='leave_has_its_last_day', violation_error_message='Leave has a last day.'), models.CheckConstraint(condition=models.Q(('expected_on', None), ('expected_on__gt', models.F('from_on')), _connector='OR'), name='nobody_is_back_before_they_were_away', violation_error_message='They cannot be back before they were away.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), ('kind', 'leave')), _connector='OR'), name='leave_decision_has_a_person_and_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'refused'), _negated=True), models.Q(('decision_words', ''), _negated=True), _connector='OR'), name='refused_leave_has_its_reason', violation_error_message='Refusing leave needs a reason.'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at', None), ('cancelled_because', ''), ('cancelled_by', None)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), models.Q(('cancelled_because', ''), _negated=True)), _connector='OR'), name='cancelled_absence_has_a_person_and_a_reason', violation_error_message='Say why it is cancelled.')],
            },
        ),
        migrations.CreateModel(
            name='Arrangement',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('met_on', models.DateField()),
                ('agreed', models.TextField()),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('absence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrangements', to='absence.absence')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrangements', to='stays.stay')),
                ('with_worker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('absence', 'stay'), name='one_arrangement_holds_for_each_person', violation_error_message='Somebody has just written what was agreed.'), models.CheckConstraint(condition=models.Q(('agreed', ''), _negated=True), name='an_arrangement_says_what_was_agreed', violation_error_message='Write what was agreed.')],
            },
        ),
        migrations.CreateModel(
            name='Cover',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('role', models.SlugField(default='key_worker', max_length=40)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('words', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField(default=alongside.kit.clock.now)),
                ('answer', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'No longer asked'), ('not_needed', 'Accepted, then not needed')], max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('answer_words', models.TextField(blank=True)),
                ('assigned', models.BooleanField(default=False)),
                ('absence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to='absence.absence')),
                ('absent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.membership')),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='covers', to='stays.stay')),
                ('to_worker', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='covers', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['to_worker', 'answer', '-from_on'], name='cover_by_worker'), models.Index(fields=['stay', 'answer', '-from_on'], name='cover_by_stay')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('absence', 'stay', 'to_worker'), name='a_colleague_is_asked_once', violation_error_message='This colleague has been asked already.'), models.UniqueConstraint(condition=models.Q(('answer', 'accepted')), fields=('stay', 'role', 'from_on'), name='one_cover_for_a_person_at_a_time', violation_error_message='Somebody has accepted this already.'), models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='cover_ends_after_it_begins', violation_error_message='The last day cannot be before the first.'), models.CheckConstraint(condition=models.Q(('to_worker', models.F('absent')), _negated=True), name='nobody_covers_for_themselves', violation_error_message='Nobody can stand in for themselves.'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='an_answer_to_cover_has_its_time'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='declined_cover_has_its_reason', violation_error_message='Saying no needs a reason.')],
            },
        ),
        migrations.CreateModel(
            name='Encouragement',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('offered', models.CharField(max_length=40)),
                ('answer', models.CharField(max_length=40)),
                ('words', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='encouragements', to='stays.stay')),
                ('with_worker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['stay', '-on', '-id'], name='encouragement_by_stay')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('offered', ''), _negated=True), models.Q(('answer', ''), _negated=True)), name='an_encouragement_says_what_and_the_answer')],
            },
        ),
        migrations.CreateModel(
            name='SessionAsked',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField(default=alongside.kit.clock.now)),
                ('by_resident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.resident')),
                ('by_staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sessions_asked', to='stays.stay')),
                ('to_worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['stay', '-asked_at'], name='session_asked_by_stay')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by_resident', None), ('by_staff__isnull', False)), models.Q(('by_resident__isnull', False), ('by_staff', None)), _connector='OR'), name='absence_sessionasked_was_made_by_exactly_one')],
            },
        ),
    ]
