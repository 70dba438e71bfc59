
import alongside.kit.clock
import alongside.kit.records
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0001_initial'),
        ('organisation', '0001_initial'),
        ('stays', '0002_correction'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='duty',
            name='escalate_again_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='escalate_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='remind_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='told',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='duty',
            name='told_next',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('concerning', None), models.Q(models.Q(('told', None), models.Q(('told', models.F('concerning')), _negated=True), _connector='OR'), models.Q(('told_next', None), models.Q(('told_next', models.F('concerning')), _negated=True), _connector='OR')), _connector='OR'), name='a_duty_is_not_passed_up_to_whom_it_concerns'),
        ),
        migrations.CreateModel(
            name='ClosedMonth',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('duties', models.PositiveIntegerField()),
                ('practice', models.CharField(max_length=80)),
                ('closed_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closed_months', to='organisation.scheme')),
            ],
            options={
                'ordering': ['-month'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'month'), name='a_month_is_closed_once', violation_error_message='This month is closed already.')],
            },
        ),
        migrations.CreateModel(
            name='MissReason',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('subject_kind', models.SlugField(db_index=False, default='stay', max_length=20)),
                ('subject_id', models.UUIDField()),
                ('key', models.SlugField(max_length=60)),
                ('ref', models.CharField(blank=True, max_length=80)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('period_from', models.DateField()),
                ('reason', models.SlugField(max_length=60)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.scheme')),
                ('stay', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='reason_by_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_missed_week_says_why')],
            },
        ),
        migrations.CreateModel(
            name='MovedDate',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('subject_kind', models.SlugField(db_index=False, default='stay', max_length=20)),
                ('subject_id', models.UUIDField()),
                ('key', models.SlugField(max_length=60)),
                ('ref', models.CharField(blank=True, max_length=80)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('says', models.CharField(max_length=200)),
                ('from_period', models.DateField()),
                ('from_opens_on', models.DateField()),
                ('from_due_on', models.DateField()),
                ('from_first_due_on', models.DateField()),
                ('to_period', models.DateField()),
                ('to_due_on', models.DateField()),
                ('kept', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('open', 'Open'), ('paused', 'Paused'), ('met', 'Met'), ('met_late', 'Met late'), ('missed', 'Missed'), ('excused', 'Excused'), ('void', 'No longer owed')], max_length=10)),
                ('met_on', models.DateField(blank=True, null=True)),
                ('why', models.TextField(blank=True)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.scheme')),
                ('stay', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['subject_kind', 'subject_id', 'kept'], name='moved_by_subject')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kept', True)), fields=('subject_kind', 'subject_id', 'scheme', 'key', 'to_period', 'ref'), name='a_settled_duty_is_kept_once'), models.CheckConstraint(condition=models.Q(('from_due_on', models.F('to_due_on')), ('kept', False), _negated=True), name='a_moved_date_is_another_date')],
            },
        ),
        migrations.CreateModel(
            name='ClosedDuty',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('subject_kind', models.SlugField(db_index=False, max_length=20)),
                ('subject_id', models.UUIDField()),
                ('whom', models.CharField(max_length=200)),
                ('key', models.SlugField(max_length=60)),
                ('period_from', models.DateField()),
                ('ref', models.CharField(blank=True, max_length=80)),
                ('says', models.CharField(max_length=200)),
                ('due_on', models.DateField()),
                ('met_on', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', 'Open'), ('paused', 'Paused'), ('met', 'Met'), ('met_late', 'Met late'), ('missed', 'Missed'), ('excused', 'Excused'), ('void', 'No longer owed')], max_length=10)),
                ('overdue', models.BooleanField(default=False)),
                ('owed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stays.stay')),
                ('month', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='duties.closedmonth')),
            ],
            options={
                'indexes': [models.Index(fields=['month', 'key'], name='closed_by_month')],
                'constraints': [models.UniqueConstraint(fields=('month', 'subject_kind', 'subject_id', 'key', 'period_from', 'ref'), name='a_duty_is_closed_once_a_month')],
            },
        ),
    ]
