from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('subject_access', '0003_passages'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(fields=['request', 'where'], name='mention_by_place'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('request', 'where', 'row', 'words_key'), name='a_passage_is_decided_once_in_a_request'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sealed', None), models.Q(('words_key', ''), _negated=True)), models.Q(('row', None), ('sealed__isnull', False), ('words_key', '')), _connector='OR'), name='a_mention_is_a_passage_or_under_seal'),
        ),
        migrations.RemoveField(
            model_name='mention',
            name='context',
        ),
        migrations.RemoveField(
            model_name='mention',
            name='words',
        ),
    ]
