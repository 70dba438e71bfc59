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
            name='Resident',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('family_name', models.CharField(blank=True, max_length=200)),
                ('given_name', models.CharField(blank=True, max_length=200)),
                ('known_as', models.CharField(blank=True, max_length=200)),
                ('name_key', models.CharField(editable=False, max_length=620)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('born_words', models.CharField(blank=True, max_length=80)),
                ('gender', models.CharField(blank=True, max_length=60)),
                ('pronouns', models.CharField(blank=True, max_length=60)),
                ('say_it_like', models.CharField(blank=True, max_length=120)),
                ('languages', models.CharField(blank=True, max_length=200)),
                ('national_number', models.CharField(blank=True, max_length=40)),
                ('phone', models.CharField(blank=True, max_length=80)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('reference', models.CharField(blank=True, max_length=60)),
                ('next_of_kin', models.TextField(blank=True)),
                ('doctor', models.TextField(blank=True)),
                ('ethnicity', models.CharField(blank=True, max_length=200)),
                ('iwi', models.CharField(blank=True, max_length=200)),
                ('alerts', models.TextField(blank=True)),
                ('allergies', models.TextField(blank=True)),
                ('signing_pin', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residents', to='organisation.organisation')),
            ],
            options={
                'ordering': ['name_key'],
                'indexes': [models.Index(fields=['organisation', 'name_key'], name='resident_by_name'), models.Index(fields=['organisation', 'born_on'], name='resident_by_birthday')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name_key', ''), _negated=True), name='resident_has_a_name', violation_error_message='A person needs a name.'), models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('organisation', 'reference'), name='resident_reference_is_used_once', violation_error_message='This reference belongs to somebody else.')],
            },
        ),
        migrations.CreateModel(
            name='PossibleDuplicate',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('why', models.CharField(max_length=200)),
                ('decision', models.CharField(blank=True, choices=[('same', 'The same person'), ('different', 'Two people')], max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.resident')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.resident')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='a_pair_is_proposed_once', violation_error_message='These two are already on the list.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='duplicate_decision_has_a_person_and_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('relation', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=80)),
                ('call_in_emergency', models.BooleanField(default=True)),
                ('wishes', models.TextField(blank=True)),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='residents.resident')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
