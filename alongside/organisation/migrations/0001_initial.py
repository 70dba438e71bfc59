import alongside.kit.records
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('slug', models.SlugField(unique=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Staff',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('initials', models.CharField(blank=True, max_length=8)),
                ('is_active', models.BooleanField(default=True)),
                ('signing_pin', models.CharField(blank=True, max_length=200)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='organisation.organisation')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Scheme',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('slug', models.SlugField(unique=True)),
                ('pack_key', models.SlugField()),
                ('pack_version', models.CharField(blank=True, max_length=20)),
                ('time_zone', models.CharField(default='Europe/London', max_length=60)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('women_only', models.BooleanField(default=False)),
                ('residential', models.BooleanField(default=True)),
                ('places', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('practice_model', models.CharField(blank=True, max_length=120)),
                ('versions', models.JSONField(blank=True, default=list)),
                ('own_values', models.JSONField(blank=True, default=list)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schemes', to='organisation.organisation')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('places', None), ('places__gt', 0), _connector='OR'), name='a_scheme_has_room_for_somebody', violation_error_message='A service has at least one place.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('role', models.SlugField()),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('line_manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='manages', to=settings.AUTH_USER_MODEL)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisation.scheme')),
            ],
            options={
                'indexes': [models.Index(fields=['scheme', 'role'], name='membership_by_scheme_role')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_on', None)), fields=('staff', 'scheme', 'role'), name='one_open_membership_per_role', violation_error_message='This person already has this role here.'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='membership_ends_after_it_begins', violation_error_message='The last day cannot be before the first.'), models.CheckConstraint(condition=models.Q(('line_manager', None), models.Q(('line_manager', models.F('staff')), _negated=True), _connector='OR'), name='nobody_is_their_own_line_manager', violation_error_message='Nobody can be their own line manager.')],
            },
        ),
    ]
