
import alongside.kit.clock
import alongside.kit.records
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stays', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('was_on', models.DateField()),
                ('moved_in_on', models.DateField()),
                ('because', models.TextField()),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='stays.stay')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('was_on', models.F('moved_in_on')), _negated=True), name='a_moved_in_correction_is_another_day'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='a_moved_in_correction_says_why')],
            },
        ),
    ]
