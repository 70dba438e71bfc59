from django.conf import settings
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q


def what_waits(apps, schema_editor):
    """What is unread already has waited since it was written, or since they came in."""
    wordings = apps.get_model("conversations", "Wording").objects
    read = apps.get_model("conversations", "Read").objects
    for member in apps.get_model("conversations", "Member").objects.filter(until_at=None):
        mine = read.filter(wording=OuterRef("pk"), staff=member.staff_id)
        unread = wordings.filter(
            ~Q(message__written_by=member.staff_id), ~Exists(mine), replaced_at=None,
            message__taken_back_at=None, message__conversation=member.conversation_id,
        )  # fmt: skip
        if oldest := unread.order_by("written_at").values_list("written_at", flat=True).first():
            member.waits_since = max(oldest, member.added_at)
            member.save(update_fields=["waits_since"])


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='waits_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(what_waits, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(condition=models.Q(('until_at', None), ('waits_since__isnull', False)), fields=['staff'], name='member_who_has_to_read'),
        ),
    ]
