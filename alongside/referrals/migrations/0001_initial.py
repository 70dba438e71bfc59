import alongside.kit.clock
import alongside.kit.records
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accommodation', '0001_initial'),
        ('organisation', '0001_initial'),
        ('organisation', '__first__'),
        ('residents', '0001_initial'),
        ('sheets', '0001_initial'),
        ('stays', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('received_on', models.DateField()),
                ('route', models.SlugField(max_length=60)),
                ('referrer_name', models.CharField(blank=True, max_length=200)),
                ('referrer_agency', models.CharField(blank=True, max_length=200)),
                ('referrer_contact', models.CharField(blank=True, max_length=200)),
                ('homelessness', models.SlugField(blank=True, max_length=60)),
                ('homelessness_words', models.CharField(blank=True, max_length=200)),
                ('last_slept', models.CharField(blank=True, max_length=200)),
                ('homeless_for', models.CharField(blank=True, max_length=120)),
                ('causes', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True)),
                ('risks', models.JSONField(blank=True, default=list)),
                ('risk_words', models.TextField(blank=True)),
                ('consent_on', models.DateField(blank=True, null=True)),
                ('no_consent_because', models.CharField(blank=True, max_length=200)),
                ('screened_on', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('received', 'Referred'), ('interviewed', 'Interviewed'), ('waiting', 'On the waiting list'), ('accepted', 'Accepted'), ('offered', 'Bed offered'), ('moved_in', 'Moved in'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('did_not_attend', 'Did not attend'), ('redirected', 'Sent on')], default='received', max_length=16)),
                ('state_since', models.DateField()),
                ('practice', models.CharField(max_length=80)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('redirected_from', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='redirected_to', to='referrals.referral')),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='residents.resident')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='organisation.scheme')),
                ('screened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referral', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['scheme', 'state', 'state_since'], name='referral_by_state'), models.Index(fields=['scheme', '-received_on'], name='referral_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['received', 'interviewed', 'waiting', 'accepted', 'offered'])), fields=('scheme', 'resident'), name='one_open_referral_per_person_and_scheme', violation_error_message='There is already an open referral of this person here.'), models.CheckConstraint(condition=models.Q(models.Q(('consent_on__isnull', False), ('no_consent_because', '')), models.Q(('consent_on', None), models.Q(('no_consent_because', ''), _negated=True)), _connector='OR'), name='referral_has_consent_or_says_why_not', violation_error_message='Consent needs its day, or the reason there is none.'), models.CheckConstraint(condition=models.Q(models.Q(('screened_by', None), ('screened_on', None)), models.Q(('screened_by__isnull', False), ('screened_on__isnull', False)), _connector='OR'), name='screening_has_a_date_and_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'moved_in'), ('stay__isnull', False)), models.Q(models.Q(('state', 'moved_in'), _negated=True), ('stay', None)), _connector='OR'), name='moved_in_means_there_is_a_stay')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('offered_on', models.DateField()),
                ('kept_until', models.DateField()),
                ('fault_override', models.CharField(blank=True, max_length=200)),
                ('accepted_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('ended_because', models.CharField(blank=True, choices=[('moved_in', 'They moved in'), ('refused', 'They said no'), ('withdrawn', 'Taken back'), ('ran_out', 'Nobody answered in time')], max_length=10)),
                ('ended_words', models.CharField(blank=True, max_length=200)),
                ('bed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='accommodation.bed')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='referrals.referral')),
            ],
            options={
                'ordering': ['offered_on', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('bed',), name='a_bed_is_kept_for_one_person', violation_error_message='This bed has just been offered to somebody else.'), models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('referral',), name='one_open_offer_per_referral', violation_error_message='This person has been offered a bed already.'), models.CheckConstraint(condition=models.Q(('kept_until__gte', models.F('offered_on'))), name='a_bed_is_kept_from_the_day_of_the_offer', violation_error_message='A bed cannot be kept until a day before the offer.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_because', ''), ('ended_on', None)), models.Q(('ended_on__isnull', False), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='offer_end_has_a_date_and_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('held_on', models.DateField()),
                ('interviewers', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sheet', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='interview', to='sheets.sheet')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='referrals.referral')),
            ],
            options={
                'ordering': ['held_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('outcome', models.CharField(choices=[('accept', 'Accept'), ('waiting_list', 'Put on the waiting list'), ('decline', 'Decline'), ('withdraw', 'Withdrawn by the person or the agency'), ('did_not_attend', 'Did not attend'), ('redirect', 'Sent on to another scheme')], max_length=16)),
                ('reason', models.SlugField(max_length=60)),
                ('words', models.TextField(blank=True)),
                ('decided_on', models.DateField()),
                ('communicated_on', models.DateField(blank=True, null=True)),
                ('communicated_how', models.CharField(blank=True, max_length=200)),
                ('communicated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='referrals.referral')),
            ],
            options={
                'ordering': ['decided_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('communicated_on', None), ('communicated_on__gte', models.F('decided_on')), _connector='OR'), name='told_after_it_was_decided', violation_error_message='Nobody can be told before it is decided.'), models.CheckConstraint(condition=models.Q(('communicated_on__isnull', False), ('communicated_how', ''), _connector='OR'), name='how_they_were_told_has_a_day')],
            },
        ),
        migrations.CreateModel(
            name='ReferralNote',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('happened_on', models.DateField()),
                ('text', models.TextField()),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='referrals.referral')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RuleOverride',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('rule', models.SlugField(max_length=60)),
                ('rule_said', models.CharField(max_length=300)),
                ('reason', models.SlugField(max_length=60)),
                ('words', models.TextField(blank=True)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='referrals.referral')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('referral', 'rule'), name='a_rule_is_set_aside_once', violation_error_message='This rule has already been set aside here.')],
            },
        ),
    ]
