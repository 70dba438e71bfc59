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
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('framework_key', models.SlugField()),
                ('practice', models.CharField(max_length=80)),
                ('assessed_on', models.DateField()),
                ('participants', models.CharField(blank=True, max_length=300)),
                ('strengths', models.TextField(blank=True)),
                ('in_their_words', models.TextField(blank=True)),
                ('about_a_fall', models.TextField(blank=True)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('started_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('formula', models.CharField(blank=True, max_length=40)),
                ('points', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('most', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('rated', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('completed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='assessments.assessment')),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['stay', 'assessed_on'], name='assessment_by_stay')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('completed_at', None)), fields=('stay', 'framework_key'), name='one_unfinished_assessment_at_a_time', violation_error_message='There is an unfinished assessment already. Go on with it.'), models.CheckConstraint(condition=models.Q(models.Q(('completed_at', None), ('completed_by', None), ('most', None), ('points', None)), models.Q(('completed_at__isnull', False), ('completed_by__isnull', False), ('most__isnull', False), ('points__isnull', False)), _connector='OR'), name='completed_assessment_has_a_person_a_time_and_a_score'), models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('corrects', None)), models.Q(('corrects__isnull', False), models.Q(('because', ''), _negated=True)), _connector='OR'), name='a_correction_says_why', violation_error_message='Say why the earlier assessment is put right.')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(max_length=10)),
                ('answer', models.CharField(choices=[('rated', 'Rated'), ('no_need', 'No need here'), ('declined', 'Did not want to answer')], max_length=10)),
                ('level', models.SlugField(blank=True)),
                ('own_level', models.SlugField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=alongside.kit.clock.now)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='assessments.assessment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('assessment', 'item'), name='each_item_is_answered_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'rated'), models.Q(('level', ''), _negated=True)), models.Q(models.Q(('answer', 'rated'), _negated=True), ('level', '')), _connector='OR'), name='only_a_rated_item_has_a_level'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='declining_has_its_reason', violation_error_message='Say why they did not want to answer.')],
            },
        ),
    ]
