import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0004_every_duty_was_about_a_stay'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='duty',
            name='subject_id',
            field=models.UUIDField(),
        ),
        migrations.AlterField(
            model_name='excuse',
            name='subject_id',
            field=models.UUIDField(),
        ),
        migrations.AlterField(
            model_name='excuse',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.scheme'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(fields=('subject_kind', 'subject_id', 'scheme', 'key', 'period_from', 'ref'), name='one_duty_per_rule_and_period'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('instead_of', None), ('owed_by', None), ('owed_how', '')), models.Q(('owed_by__isnull', False), models.Q(('owed_how', ''), _negated=True)), _connector='OR'), name='a_duty_says_how_it_came_to_its_owner'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('owed_by', None), ('concerning', None), models.Q(('owed_by', models.F('concerning')), _negated=True), _connector='OR'), name='a_duty_never_falls_to_whom_it_concerns'),
        ),
        migrations.AddConstraint(
            model_name='excuse',
            constraint=models.UniqueConstraint(fields=('subject_kind', 'subject_id', 'scheme', 'key', 'period_from', 'ref'), name='a_duty_is_excused_once', violation_error_message='This has been excused already.'),
        ),
    ]
