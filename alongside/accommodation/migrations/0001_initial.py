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
            name='Bed',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('floor', models.CharField(blank=True, max_length=60)),
                ('features', models.CharField(blank=True, max_length=200)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='beds', to='organisation.scheme')),
            ],
            options={
                'ordering': ['order', 'name'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'name'), name='bed_names_have_no_twins', violation_error_message='There is already a bed of that name here.')],
            },
        ),
        migrations.CreateModel(
            name='Fault',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.SlugField(max_length=60)),
                ('words', models.CharField(max_length=200)),
                ('seen_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('mended_on', models.DateField(blank=True, null=True)),
                ('bed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='faults', to='accommodation.bed')),
                ('mended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['seen_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('mended_by', None), ('mended_on', None)), models.Q(('mended_by__isnull', False), ('mended_on__isnull', False)), _connector='OR'), name='a_mended_fault_has_a_date_and_a_person'), models.CheckConstraint(condition=models.Q(('mended_on', None), ('mended_on__gte', models.F('seen_on')), _connector='OR'), name='a_fault_is_mended_after_it_is_seen', violation_error_message='Nothing can be mended before it is seen.')],
            },
        ),
        migrations.CreateModel(
            name='OutOfUse',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(max_length=200)),
                ('bed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='out_of_use', to='accommodation.bed')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='out_of_use_ends_after_it_begins', violation_error_message='The last day cannot be before the first.')],
            },
        ),
    ]
