import alongside.kit.clock
import alongside.kit.records
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0003_staff_username'),
        ('organisation', '__first__'),
        ('stays', '0003_stay_brought_in_on_and_more'),
    ]

    operations = [
        migrations.CreateModel(
            name='OtherDuty',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('task', 'Something to do'), ('training', 'Training to take')], default='task', max_length=10)),
                ('asked_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('taken_back_because', models.TextField(blank=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='other_duties', to='organisation.scheme')),
                ('stay', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='other_duties', to='stays.stay')),
                ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'other duties',
                'ordering': ['-asked_on', '-id'],
                'indexes': [models.Index(fields=['scheme', '-asked_on'], name='other_duty_by_scheme')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['task', 'training'])), name='an_other_duty_is_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_because', ''), ('taken_back_by', None)), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False), models.Q(('taken_back_because', ''), _negated=True)), _connector='OR'), name='an_other_duty_is_taken_back_with_a_reason', violation_error_message='Say why it is taken back.')],
            },
        ),
        migrations.CreateModel(
            name='Asking',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('what', models.CharField(max_length=160)),
                ('why', models.TextField()),
                ('due_on', models.DateField()),
                ('because', models.TextField(blank=True)),
                ('written_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('other_duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='askings', to='other_duties.otherduty')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('other_duty',), name='one_asking_of_an_other_duty_counts', violation_error_message='Somebody has just changed this.'), models.UniqueConstraint(fields=('other_duty', 'number'), name='askings_have_an_order'), models.CheckConstraint(condition=models.Q(models.Q(('what', ''), _negated=True), models.Q(('why', ''), _negated=True)), name='an_asking_says_what_and_why', violation_error_message='Say what is to be done, and why.'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_changed_asking_says_why', violation_error_message='Say why it is changed.')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('done', 'Done'), ('attended', 'Attended'), ('not_attended', 'Did not attend')], max_length=12)),
                ('on', models.DateField()),
                ('words', models.TextField()),
                ('said_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('other_duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='other_duties.otherduty')),
            ],
            options={
                'ordering': ['-said_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome__in', ['done', 'attended']), ('withdrawn_at', None)), fields=('other_duty',), name='an_other_duty_is_done_once', violation_error_message='This is done already.'), models.CheckConstraint(condition=models.Q(('outcome__in', ['done', 'attended', 'not_attended']), models.Q(('words', ''), _negated=True)), name='an_answer_says_how_it_went', violation_error_message='Say how it went.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_because', ''), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='an_answer_is_withdrawn_with_a_reason', violation_error_message='Say why it is not so.')],
            },
        ),
    ]
