import alongside.kit.clock
import alongside.kit.records
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '__first__'),
        ('residents', '0001_initial'),
        ('stays', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('because', models.TextField()),
                ('opened_at', models.DateTimeField(default=alongside.kit.clock.now)),
                ('until_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('verdict', models.SlugField(blank=True)),
                ('review_words', models.TextField(blank=True)),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='residents.resident')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['staff', '-until_at'], name='opening_by_staff'), models.Index(fields=['reviewed_at', '-opened_at'], name='opening_by_review')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_at__gt', models.F('opened_at'))), name='opening_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('reviewed_by', None), models.Q(('reviewed_by', models.F('staff')), _negated=True), _connector='OR'), name='nobody_reviews_their_own_opening', violation_error_message='Nobody reviews what they opened themselves.'), models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at', None), ('reviewed_by', None), ('verdict', '')), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False), models.Q(('verdict', ''), _negated=True)), _connector='OR'), name='opening_review_is_whole'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='opening_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Sealed',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.SlugField()),
                ('title', models.CharField(max_length=120)),
                ('words', models.TextField()),
                ('sealed_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='rights.sealed')),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sealed', to='residents.resident')),
                ('sealed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sealed', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['resident', '-sealed_at'], name='sealed_by_resident')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('words', ''), _negated=True)), name='sealed_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('told_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('opening', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='rights.opening')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('opening', 'staff'), name='somebody_is_told_once')],
            },
        ),
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('only', 'Only these may open it'), ('never', 'Never these')], max_length=5)),
                ('because', models.TextField(blank=True)),
                ('declared', models.BooleanField(default=False)),
                ('set_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_because', models.CharField(blank=True, max_length=300)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='limits', to='residents.resident')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='limits', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('resident', 'staff', 'kind'), name='one_standing_limit_of_a_kind', violation_error_message='This person is on the list already.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='limit_end_has_a_time_and_a_person')],
            },
        ),
    ]
