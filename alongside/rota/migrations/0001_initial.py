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
    ]

    operations = [
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('shift', models.SlugField(max_length=40)),
                ('agency_name', models.CharField(blank=True, max_length=120)),
                ('agency', models.CharField(blank=True, max_length=120)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('words', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_because', models.CharField(blank=True, max_length=300)),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('instead_of', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='rota.turn')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='organisation.scheme')),
                ('worker', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='turns', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['scheme', 'on'], name='turn_by_scheme'), models.Index(fields=['worker', 'starts_at'], name='turn_by_worker')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency', ''), ('agency_name', ''), ('worker__isnull', False)), models.Q(('worker', None), models.Q(('agency_name', ''), _negated=True), models.Q(('agency', ''), _negated=True)), _connector='OR'), name='a_turn_is_of_staff_or_of_an_agency', violation_error_message='Name a member of staff, or somebody and their agency.'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_turn_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('worker', 'scheme', 'on', 'shift'), name='nobody_is_down_twice_for_a_shift', violation_error_message='They are down for this shift already.'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at', None), ('cancelled_because', ''), ('cancelled_by', None)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), models.Q(('cancelled_because', ''), _negated=True)), _connector='OR'), name='taking_off_the_rota_has_a_person_and_a_reason', violation_error_message='Say why they are taken off.')],
            },
        ),
        migrations.CreateModel(
            name='Swap',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('offered_at', models.DateTimeField(default=alongside.kit.clock.now)),
                ('answer', models.CharField(blank=True, choices=[('agreed', 'Agreed'), ('declined', 'Declined')], max_length=8)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, choices=[('approved', 'Approved'), ('refused', 'Refused')], max_length=8)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_words', models.CharField(blank=True, max_length=300)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='swaps_offered', to=settings.AUTH_USER_MODEL)),
                ('in_exchange', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given_for', to='rota.turn')),
                ('turn', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='swaps', to='rota.turn')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answer__in', ['', 'agreed']), ('decision', '')), fields=('turn',), name='a_shift_is_offered_to_one_at_a_time', violation_error_message='This shift is being swapped already.'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='an_answer_to_a_swap_has_its_time'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('answer', 'agreed'), ('decided_at__isnull', False)), _connector='OR'), name='a_swap_is_decided_once_both_agree')],
            },
        ),
        migrations.CreateModel(
            name='Clocking',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('came', 'Came'), ('left', 'Left')], max_length=4)),
                ('at', models.DateTimeField()),
                ('because', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='rota.clocking')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('turn', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clockings', to='rota.turn')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('turn', 'what'), name='somebody_comes_and_leaves_once', violation_error_message='This is written down already.'), models.CheckConstraint(condition=models.Q(('corrects', None), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_corrected_time_has_its_reason', violation_error_message='Say why the time is put right.')],
            },
        ),
        migrations.CreateModel(
            name='ContingencyPlan',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('scenario', models.SlugField(max_length=40)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('steps', models.TextField()),
                ('calls', models.JSONField(default=list)),
                ('written_at', models.DateTimeField(default=alongside.kit.clock.now)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contingency_plans', to='organisation.scheme')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('scheme', 'scenario'), name='one_contingency_plan_holds', violation_error_message='Somebody has just written this plan anew.'), models.CheckConstraint(condition=models.Q(('steps', ''), _negated=True), name='a_contingency_plan_says_what_to_do', violation_error_message='Write what is to be done.')],
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('shift', models.SlugField(max_length=40)),
                ('weekday', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('least', models.PositiveSmallIntegerField()),
                ('from_on', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staffing_levels', to='organisation.scheme')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_staffing_level_has_its_source', violation_error_message='Say which contract or agreement this comes from.'), models.CheckConstraint(condition=models.Q(('weekday', None), ('weekday__lte', 6), _connector='OR'), name='a_staffing_level_is_of_a_weekday')],
            },
        ),
    ]
