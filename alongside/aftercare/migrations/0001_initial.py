import alongside.kit.clock
import alongside.kit.records
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '__first__'),
        ('stays', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Episode',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('address', models.CharField(max_length=300)),
                ('tenure', models.CharField(max_length=60)),
                ('tenancy_starts_on', models.DateField()),
                ('moves_in_on', models.DateField()),
                ('secured_on', models.DateField()),
                ('until_on', models.DateField()),
                ('answer', models.CharField(choices=[('accepted', 'Accepted'), ('declined', 'Declined'), ('deferred', 'To be asked again'), ('not_asked', 'Not asked yet')], default='not_asked', max_length=20)),
                ('cancelled_on', models.DateField(blank=True, null=True)),
                ('cancelled_because', models.CharField(blank=True, max_length=200)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=60)),
                ('outcome_words', models.TextField(blank=True)),
                ('tenancy_held', models.BooleanField(blank=True, null=True)),
                ('practice', models.CharField(max_length=80)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aftercare', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['stay', '-secured_on'], name='aftercare_by_stay')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_on', None), ('closed_on', None)), fields=('stay',), name='one_aftercare_at_a_time', violation_error_message='Support after the move has begun already.'), models.CheckConstraint(condition=models.Q(('secured_on__gte', models.F('tenancy_starts_on')), ('secured_on__gte', models.F('moves_in_on'))), name='a_home_is_secured_when_both_have_come'), models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('secured_on'))), name='aftercare_lasts_some_days'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_by', None), ('cancelled_on', None)), models.Q(('cancelled_by__isnull', False), ('cancelled_on__isnull', False)), _connector='OR'), name='aftercare_is_cancelled_by_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('closed_by', None), ('closed_on', None), ('outcome', '')), models.Q(('closed_by__isnull', False), ('closed_on__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='aftercare_is_closed_with_an_outcome'), models.CheckConstraint(condition=models.Q(('cancelled_on', None), ('closed_on', None), _connector='OR'), name='aftercare_is_cancelled_or_closed_not_both')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('end', 'It ends'), ('extend', 'It goes on for longer'), ('refer', 'Somebody else goes on')], max_length=10)),
                ('decided_on', models.DateField()),
                ('reason', models.TextField()),
                ('extend_until', models.DateField(blank=True, null=True)),
                ('approved_on', models.DateField(blank=True, null=True)),
                ('agency', models.CharField(blank=True, max_length=200)),
                ('consent_on', models.DateField(blank=True, null=True)),
                ('sent_on', models.DateField(blank=True, null=True)),
                ('accepted_on', models.DateField(blank=True, null=True)),
                ('first_contact_on', models.DateField(blank=True, null=True)),
                ('refused_on', models.DateField(blank=True, null=True)),
                ('refused_words', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='aftercare.episode')),
            ],
            options={
                'ordering': ['decided_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_aftercare_decision_has_a_reason', violation_error_message='A decision needs its reason.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'extend'), _negated=True), ('extend_until__isnull', False), _connector='OR'), name='an_extension_has_its_length', violation_error_message='Say until when.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'refer'), _negated=True), models.Q(models.Q(('agency', ''), _negated=True), ('consent_on__isnull', False)), _connector='OR'), name='a_referral_on_names_the_agency_and_has_consent', violation_error_message='Name the agency, and the day they agreed to it.'), models.CheckConstraint(condition=models.Q(models.Q(('approved_by', None), ('approved_on', None)), models.Q(('approved_by__isnull', False), ('approved_on__isnull', False)), _connector='OR'), name='an_extension_is_approved_by_a_person'), models.CheckConstraint(condition=models.Q(('refused_on', None), models.Q(('accepted_on', None), ('approved_on', None)), _connector='OR'), name='a_decision_is_not_both_accepted_and_refused')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('planned_on', models.DateField()),
                ('result', models.CharField(blank=True, choices=[('done', 'Done'), ('missed', 'Missed'), ('not_needed', 'No longer planned')], max_length=10)),
                ('happened_on', models.DateField(blank=True, null=True)),
                ('missed_because', models.CharField(blank=True, max_length=60)),
                ('words', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('result_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='aftercare.episode')),
            ],
            options={
                'ordering': ['planned_on', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('result', 'not_needed'), _negated=True), fields=('episode', 'kind', 'planned_on'), name='a_contact_is_planned_once', violation_error_message='This contact is planned already.'), models.CheckConstraint(condition=models.Q(models.Q(('happened_on', None), ('result', ''), ('result_by', None)), models.Q(models.Q(('result', ''), _negated=True), ('happened_on__isnull', False), ('result_by__isnull', False)), _connector='OR'), name='a_contact_result_has_a_day_and_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('result', 'missed'), _negated=True), models.Q(('missed_because', ''), _negated=True), _connector='OR'), name='a_missed_contact_says_why', violation_error_message='Say why it was missed.')],
            },
        ),
        migrations.CreateModel(
            name='AftercarePlan',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('home_every', models.CharField(choices=[('P1W', 'Every week'), ('P2W', 'Every two weeks'), ('P4W', 'Every four weeks')], max_length=8)),
                ('community_every', models.CharField(blank=True, choices=[('P1W', 'Every week'), ('P2W', 'Every two weeks'), ('P4W', 'Every four weeks')], max_length=8)),
                ('where', models.CharField(blank=True, max_length=200)),
                ('goals', models.TextField()),
                ('help_with', models.TextField(blank=True)),
                ('written_on', models.DateField()),
                ('resident_signed_at', models.DateTimeField(blank=True, null=True)),
                ('worker_signed_at', models.DateTimeField(blank=True, null=True)),
                ('in_force_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='aftercare.episode')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('episode', 'number'), name='an_aftercare_plan_has_its_own_number', violation_error_message='Somebody has just written another version.'), models.CheckConstraint(condition=models.Q(('goals', ''), _negated=True), name='an_aftercare_plan_says_what_for', violation_error_message='Write what the support is for.'), models.CheckConstraint(condition=models.Q(('in_force_on', None), models.Q(('resident_signed_at__isnull', False), ('worker_signed_at__isnull', False)), _connector='OR'), name='an_aftercare_plan_in_force_is_signed_by_both')],
            },
        ),
        migrations.CreateModel(
            name='AftercareOffer',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('offered_on', models.DateField()),
                ('answer', models.CharField(choices=[('accepted', 'Accepted'), ('declined', 'Declined'), ('deferred', 'To be asked again'), ('not_asked', 'Not asked yet')], max_length=20)),
                ('words', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='aftercare.episode')),
            ],
            options={
                'ordering': ['offered_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('answer__in', ['accepted', 'declined', 'deferred', 'not_asked'])), name='an_aftercare_answer_is_one_of_four')],
            },
        ),
        migrations.CreateModel(
            name='TenancyConcern',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('topic', models.CharField(max_length=60)),
                ('concern', models.TextField()),
                ('parties', models.CharField(blank=True, max_length=300)),
                ('raised_on', models.DateField()),
                ('resolved_on', models.DateField(blank=True, null=True)),
                ('result', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenancy_concerns', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['stay', 'resolved_on'], name='concern_by_stay')],
                'constraints': [models.CheckConstraint(condition=models.Q(('concern', ''), _negated=True), name='a_tenancy_concern_has_words', violation_error_message='Write what it is about.'), models.CheckConstraint(condition=models.Q(models.Q(('resolved_by', None), ('resolved_on', None), ('result', '')), models.Q(('resolved_by__isnull', False), ('resolved_on__isnull', False), models.Q(('result', ''), _negated=True)), _connector='OR'), name='a_tenancy_concern_ends_with_a_result')],
            },
        ),
        migrations.CreateModel(
            name='TenancyStep',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('done_on', models.DateField()),
                ('words', models.TextField()),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='aftercare.tenancyconcern')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['done_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_tenancy_step_has_words', violation_error_message='Write what was done.')],
            },
        ),
        migrations.CreateModel(
            name='WelfareCheck',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('checked_on', models.DateField()),
                ('safe', models.BooleanField()),
                ('words', models.TextField()),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='welfare_checks', to='aftercare.episode')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['checked_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_welfare_check_says_what_was_found', violation_error_message='Write what you found.')],
            },
        ),
    ]
