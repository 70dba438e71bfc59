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
        ('stays', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='organisation.scheme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scheme', 'name'), name='a_programme_is_named_once', violation_error_message='There is a programme of this name already.')],
            },
        ),
        migrations.CreateModel(
            name='Volunteering',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.CharField(max_length=200)),
                ('what', models.CharField(blank=True, max_length=200)),
                ('hours_a_week', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='volunteering', to='stays.stay')),
            ],
            options={
                'ordering': ['-from_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='volunteering_ends_after_it_begins', violation_error_message='It cannot end before it began.')],
            },
        ),
        migrations.CreateModel(
            name='Workshop',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('held_on', models.DateField()),
                ('cancelled_on', models.DateField(blank=True, null=True)),
                ('cancelled_because', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workshops', to='workshops.programme')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['programme', '-held_on'], name='workshop_by_programme')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cancelled_because', ''), ('cancelled_by', None), ('cancelled_on', None)), models.Q(('cancelled_by__isnull', False), ('cancelled_on__isnull', False), models.Q(('cancelled_because', ''), _negated=True)), _connector='OR'), name='a_cancelled_workshop_has_its_reason', violation_error_message='Say why it is cancelled.')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('came', models.CharField(choices=[('attended', 'Attended'), ('excused', 'Excused'), ('absent', 'Absent')], max_length=10)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='stays.stay')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register', to='workshops.workshop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workshop', 'stay'), name='one_line_of_the_register_for_each_person'), models.CheckConstraint(condition=models.Q(('came__in', ['attended', 'excused', 'absent'])), name='the_register_says_one_of_three')],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('what', models.CharField(max_length=200)),
                ('done_on', models.DateField()),
                ('rating', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('words', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='stays.stay')),
            ],
            options={
                'ordering': ['-done_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('rating', None), models.Q(('rating__gte', 1), ('rating__lte', 5)), _connector='OR'), name='a_rating_is_one_to_five', violation_error_message='Choose from 1 to 5.')],
            },
        ),
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=200)),
                ('provider', models.CharField(blank=True, max_length=200)),
                ('cost', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True)),
                ('began_on', models.DateField()),
                ('completed_on', models.DateField(blank=True, null=True)),
                ('certificate', models.CharField(blank=True, max_length=120)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='stays.stay')),
            ],
            options={
                'ordering': ['-began_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('completed_on', None), ('completed_on__gte', models.F('began_on')), _connector='OR'), name='a_course_ends_after_it_begins', violation_error_message='It cannot end before it began.')],
            },
        ),
        migrations.CreateModel(
            name='HouseRole',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=60)),
                ('from_on', models.DateField()),
                ('both_agreed_on', models.DateField(blank=True, null=True)),
                ('until_on', models.DateField(blank=True, null=True)),
                ('ended_because', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stays.stay')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='house_roles', to='stays.stay')),
            ],
            options={
                'ordering': ['-from_on', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_on', None)), fields=('stay', 'role'), name='a_house_role_is_held_once', violation_error_message='They have this role already.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_because', ''), ('until_on', None)), models.Q(('until_on__gte', models.F('from_on')), ('until_on__isnull', False), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='a_house_role_ends_with_a_reason', violation_error_message='Say why it ends, on a day after it began.'), models.CheckConstraint(condition=models.Q(models.Q(('both_agreed_on', None), ('partner', None)), models.Q(('both_agreed_on__isnull', False), ('partner__isnull', False), models.Q(('partner', models.F('stay')), _negated=True)), _connector='OR'), name='a_buddy_pair_is_agreed_by_both', violation_error_message='A pair needs the day on which both agreed.')],
            },
        ),
        migrations.CreateModel(
            name='PartTaken',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('done_on', models.DateField()),
                ('words', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts_taken', to='stays.stay')),
            ],
            options={
                'ordering': ['-done_on', '-id'],
                'indexes': [models.Index(fields=['stay', 'kind', 'done_on'], name='part_taken_by_kind')],
            },
        ),
    ]
