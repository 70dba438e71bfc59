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
            name='Conversation',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=120)),
                ('subject_key', models.CharField(editable=False, max_length=400)),
                ('begun_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('last_at', models.DateTimeField(default=alongside.kit.clock.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conversations', to='organisation.scheme')),
                ('stay', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conversations', to='stays.stay')),
            ],
            options={
                'ordering': ['-last_at', '-id'],
                'indexes': [models.Index(fields=['scheme', '-last_at'], name='conversation_by_scheme')],
                'constraints': [models.CheckConstraint(condition=models.Q(('subject', ''), _negated=True), name='a_conversation_has_a_subject', violation_error_message='Say what it is about.')],
            },
        ),
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('closed_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('because', models.TextField()),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closings', to='conversations.conversation')),
            ],
            options={
                'ordering': ['-closed_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('opened_at', None)), fields=('conversation',), name='a_conversation_is_closed_once', violation_error_message='Somebody has just closed it.'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='a_conversation_is_closed_with_a_reason', violation_error_message='Say why it is closed.'), models.CheckConstraint(condition=models.Q(models.Q(('opened_at', None), ('opened_by', None)), models.Q(('opened_at__isnull', False), ('opened_by__isnull', False)), _connector='OR'), name='somebody_opened_it_again', violation_error_message='Say who opened it again.')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('first', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('because', models.TextField(blank=True)),
                ('until_at', models.DateTimeField(blank=True, null=True)),
                ('until_because', models.TextField(blank=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='conversations.conversation')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('until_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['added_at', 'id'],
                'indexes': [models.Index(fields=['staff', 'conversation'], name='member_by_staff')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_at', None)), fields=('conversation', 'staff'), name='a_colleague_is_in_a_conversation_once', violation_error_message='They are in it already.'), models.CheckConstraint(condition=models.Q(('first', True), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_colleague_is_added_with_a_reason', violation_error_message='Say why they are added.'), models.CheckConstraint(condition=models.Q(models.Q(('until_at', None), ('until_because', ''), ('until_by', None)), models.Q(('until_at__isnull', False), ('until_by__isnull', False), models.Q(('until_because', ''), _negated=True)), _connector='OR'), name='a_colleague_is_taken_out_with_a_reason', violation_error_message='Say why they are taken out.')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('written_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('taken_back_because', models.TextField(blank=True)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='conversations.conversation')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('conversation', 'number'), name='messages_have_an_order', violation_error_message='Somebody has just written too. Send it again.'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_because', '')), models.Q(('taken_back_at__isnull', False), models.Q(('taken_back_because', ''), _negated=True)), _connector='OR'), name='a_message_is_taken_back_with_a_reason', violation_error_message='Say why it is taken back.')],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('text', models.TextField()),
                ('words_key', models.TextField(editable=False)),
                ('because', models.TextField(blank=True)),
                ('written_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='conversations.message')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('message',), name='one_wording_of_a_message_counts', violation_error_message='You have just put this right elsewhere.'), models.UniqueConstraint(fields=('message', 'number'), name='wordings_have_an_order'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_message_says_something', violation_error_message='Write something.'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_message_is_put_right_with_a_reason', violation_error_message='Say why it is put right.')],
            },
        ),
        migrations.CreateModel(
            name='Read',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('read_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('wording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='read_by', to='conversations.wording')),
            ],
            options={
                'ordering': ['read_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('wording', 'staff'), name='a_message_is_read_once')],
            },
        ),
    ]
