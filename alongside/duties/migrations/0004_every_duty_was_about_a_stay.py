from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def name_their_subjects(apps, schema_editor):
    """Until now every duty and every excuse was about a stay."""
    stays = apps.get_model('stays', 'Stay')
    apps.get_model('duties', 'Duty').objects.update(subject_id=F('stay_id'))
    scheme = stays.objects.filter(pk=OuterRef('stay_id')).values('scheme_id')[:1]
    apps.get_model('duties', 'Excuse').objects.update(
        subject_id=F('stay_id'), scheme_id=Subquery(scheme)
    )
    # Who owes what is worked out at the first look of the day: let that be now.
    apps.get_model('duties', 'WorkedOut').objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0003_subjects_and_owners'),
        ('stays', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(name_their_subjects, migrations.RunPython.noop),
    ]
