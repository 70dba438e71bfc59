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
        ('referrals', '0001_initial'),
        ('residents', '0001_initial'),
        ('sheets', '0001_initial'),
        ('stays', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Induction',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('due_on', models.DateField()),
                ('planned_on', models.DateField(blank=True, null=True)),
                ('late_because', models.CharField(blank=True, max_length=60)),
                ('late_words', models.CharField(blank=True, max_length=400)),
                ('held_on', models.DateField(blank=True, null=True)),
                ('resident_came', models.CharField(blank=True, choices=[('all', 'All of it'), ('part', 'Part of it')], max_length=10)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('held_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sheet', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='induction', to='sheets.sheet')),
                ('stay', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='induction', to='stays.stay')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('held_by', None), ('held_on', None), ('resident_came', '')), models.Q(('held_by__isnull', False), ('held_on__isnull', False), models.Q(('resident_came', ''), _negated=True)), _connector='OR'), name='an_induction_is_held_on_a_day_by_somebody_with_the_resident'), models.CheckConstraint(condition=models.Q(('held_on', None), ('held_on__lte', models.F('due_on')), models.Q(('late_because', ''), _negated=True), _connector='OR'), name='a_late_induction_has_its_reason', violation_error_message='A late induction needs its reason.'), models.CheckConstraint(condition=models.Q(('planned_on', None), models.Q(('late_because', ''), _negated=True), _connector='OR'), name='a_planned_later_induction_has_its_reason')],
            },
        ),
        migrations.CreateModel(
            name='InductionAttendance',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('induction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='admissions.induction')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('induction', 'staff'), name='nobody_attends_an_induction_twice')],
            },
        ),
        migrations.CreateModel(
            name='InductionRefusal',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('offered_on', models.DateField()),
                ('reason', models.TextField()),
                ('next_offer_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('induction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refusals', to='admissions.induction')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['offered_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_refused_induction_has_its_reason'), models.CheckConstraint(condition=models.Q(('next_offer_on__gte', models.F('offered_on'))), name='an_induction_is_offered_again_afterwards')],
            },
        ),
        migrations.CreateModel(
            name='Admission',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('in_emergency', models.BooleanField(default=False)),
                ('moved_in_on', models.DateField(blank=True, null=True)),
                ('moved_in_at', models.TimeField(blank=True, null=True)),
                ('service_charge', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True)),
                ('only_for_now', models.BooleanField(default=False)),
                ('chosen_because', models.CharField(blank=True, max_length=60)),
                ('chosen_words', models.CharField(blank=True, max_length=400)),
                ('contacts', models.JSONField(default=list)),
                ('no_contact_because', models.CharField(blank=True, max_length=400)),
                ('texts', models.JSONField(default=dict)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('abandoned_at', models.DateTimeField(blank=True, null=True)),
                ('abandoned_because', models.CharField(blank=True, max_length=400)),
                ('abandoned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('bed', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accommodation.bed')),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finished_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key_worker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='admission', to='referrals.referral')),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='admissions', to='residents.resident')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='admissions', to='organisation.scheme')),
                ('sheet', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='admission', to='sheets.sheet')),
                ('stay', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='admission', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['scheme', '-recorded_at'], name='admission_by_scheme')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('abandoned_at', None), ('finished_at', None)), fields=('resident',), name='one_unfinished_admission_per_person', violation_error_message='This person’s admission has been begun already.'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('finished_by', None)), models.Q(('finished_at__isnull', False), ('finished_by__isnull', False), ('stay__isnull', False)), _connector='OR'), name='a_finished_admission_has_a_person_and_a_stay'), models.CheckConstraint(condition=models.Q(models.Q(('abandoned_at', None), ('abandoned_because', ''), ('abandoned_by', None)), models.Q(('abandoned_at__isnull', False), ('abandoned_by__isnull', False), ('stay', None), models.Q(('abandoned_because', ''), _negated=True)), _connector='OR'), name='an_abandoned_admission_says_why_and_has_no_stay')],
            },
        ),
    ]
