import alongside.kit.clock
import alongside.kit.records
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '__first__'),
        ('plans', '0001_initial'),
        ('residents', '0001_initial'),
        ('stays', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.SlugField()),
                ('practice', models.CharField(max_length=80)),
                ('planned_on', models.DateField()),
                ('planned_time', models.TimeField(blank=True, null=True)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('facilitator', models.CharField(blank=True, max_length=200)),
                ('agenda_sent_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_because', models.TextField(blank=True)),
                ('held_on', models.DateField(blank=True, null=True)),
                ('held_recorded_at', models.DateTimeField(blank=True, null=True)),
                ('absence_reason', models.CharField(blank=True, max_length=60)),
                ('absence_words', models.TextField(blank=True)),
                ('view_words', models.TextField(blank=True)),
                ('did_not_wish', models.BooleanField(default=False)),
                ('summary', models.TextField(blank=True)),
                ('next_on', models.DateField(blank=True, null=True)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('content', models.JSONField(blank=True, default=dict)),
                ('feedback_on', models.DateField(blank=True, null=True)),
                ('feedback_words', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('completed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('feedback_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('held_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('led_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('set_up_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['stay', '-planned_on', '-id'], name='review_by_stay'), models.Index(fields=['planned_on', 'id'], name='review_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None), ('held_on', None)), fields=('stay', 'kind'), name='one_review_of_a_kind_is_booked_at_a_time', violation_error_message='This review is booked already. Move it to another day.'), models.CheckConstraint(condition=models.Q(models.Q(('absence_reason', ''), ('held_by', None), ('held_on', None), ('held_recorded_at', None)), models.Q(('held_by__isnull', False), ('held_on__isnull', False), ('held_recorded_at__isnull', False)), _connector='OR'), name='a_review_that_was_held_has_a_day_and_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at', None), ('cancelled_because', ''), ('cancelled_by', None)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), ('held_on', None), models.Q(('cancelled_because', ''), _negated=True)), _connector='OR'), name='a_cancelled_review_says_by_whom_and_why', violation_error_message='Say why it is cancelled.'), models.CheckConstraint(condition=models.Q(models.Q(('completed_at', None), ('completed_by', None)), models.Q(('completed_at__isnull', False), ('completed_by__isnull', False), ('held_on__isnull', False)), _connector='OR'), name='a_completed_review_was_held'), models.CheckConstraint(condition=models.Q(('completed_at', None), ('did_not_wish', True), models.Q(('view_words', ''), _negated=True), models.Q(('absence_reason', ''), _negated=True), _connector='OR'), name='a_completed_review_has_their_view', violation_error_message='Write what they say to it, or that they did not wish to.'), models.CheckConstraint(condition=models.Q(('did_not_wish', False), ('view_words', ''), _connector='OR'), name='who_did_not_wish_to_say_has_no_words', violation_error_message='Either they said something, or they did not wish to.'), models.CheckConstraint(condition=models.Q(models.Q(('feedback_by', None), ('feedback_on', None), ('feedback_words', '')), models.Q(('feedback_by__isnull', False), ('feedback_on__isnull', False), ('held_on__isnull', False), models.Q(('absence_reason', ''), _negated=True)), _connector='OR'), name='feedback_is_given_to_somebody_who_was_absent'), models.CheckConstraint(condition=models.Q(('next_on', None), ('held_on', None), ('next_on__gt', models.F('held_on')), _connector='OR'), name='the_next_review_comes_after_this_one', violation_error_message='The next review comes after this one.')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('resident', 'The person it is about'), ('named', 'Named by them'), ('staff', 'Staff'), ('outside', 'From another agency')], max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('name_key', models.CharField(editable=False, max_length=200)),
                ('part', models.CharField(blank=True, max_length=120)),
                ('agency', models.CharField(blank=True, max_length=200)),
                ('contact', models.CharField(blank=True, max_length=254)),
                ('sharing', models.CharField(blank=True, choices=[('consent', 'They agreed that we share with this agency'), ('lawful', 'We may share without their agreement, for the reason below'), ('nothing', 'Nothing is shared: they only tell us what they know')], max_length=10)),
                ('sharing_on', models.DateField(blank=True, null=True)),
                ('sharing_words', models.TextField(blank=True)),
                ('despite_reason', models.TextField(blank=True)),
                ('invited_on', models.DateField(blank=True, null=True)),
                ('reply', models.CharField(blank=True, choices=[('coming', 'Is coming'), ('not_coming', 'Is not coming'), ('sends_words', 'Sends something in writing')], max_length=12)),
                ('reply_words', models.TextField(blank=True)),
                ('replied_on', models.DateField(blank=True, null=True)),
                ('attendance', models.CharField(blank=True, choices=[('came', 'Came'), ('remote', 'By phone or video'), ('absent', 'Did not come')], max_length=10)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('despite_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='reviews.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('review', 'name_key'), name='everybody_is_invited_once', violation_error_message='They are on the list already.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'outside'), _negated=True), models.Q(models.Q(('sharing', ''), _negated=True), models.Q(('agency', ''), _negated=True)), _connector='OR'), name='an_agency_has_a_ground_for_sharing', violation_error_message='Say which agency, and whether we may share with it.'), models.CheckConstraint(condition=models.Q(models.Q(('sharing', 'lawful'), _negated=True), models.Q(('sharing_words', ''), _negated=True), _connector='OR'), name='sharing_without_agreement_says_why', violation_error_message='Say on what ground we share without their agreement.'), models.CheckConstraint(condition=models.Q(models.Q(('sharing', 'consent'), _negated=True), ('sharing_on__isnull', False), _connector='OR'), name='agreement_to_share_has_a_day', violation_error_message='Say when they agreed.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'staff'), ('staff__isnull', False)), models.Q(('kind', 'staff'), _negated=True), _connector='OR'), name='a_member_of_staff_is_invited_by_record'), models.CheckConstraint(condition=models.Q(models.Q(('despite_by', None), ('despite_reason', '')), models.Q(models.Q(('despite_reason', ''), _negated=True), ('despite_by__isnull', False)), _connector='OR'), name='inviting_somebody_unwanted_has_a_reason_and_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('replied_on', None), ('reply', '')), models.Q(models.Q(('reply', ''), _negated=True), ('replied_on__isnull', False)), _connector='OR'), name='a_reply_has_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='a_withdrawn_invitation_has_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('who', models.CharField(choices=[('resident', 'They themselves'), ('together', 'Both together'), ('staff', 'A member of staff'), ('other', 'Somebody else')], max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('due_on', models.DateField(db_index=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('action', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='plans.planaction')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='reviews.review')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='a_decision_has_words_and_a_name', violation_error_message='Say what is to be done, and who does it by name.'), models.CheckConstraint(condition=models.Q(models.Q(('staff__isnull', False), ('who', 'staff')), models.Q(models.Q(('who', 'staff'), _negated=True), ('staff', None)), _connector='OR'), name='a_decision_for_staff_names_them')],
            },
        ),
        migrations.CreateModel(
            name='AgendaLine',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('key', models.SlugField(blank=True)),
                ('words', models.TextField()),
                ('from_resident', models.BooleanField(default=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('said', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('by_resident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.resident')),
                ('by_staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='agenda', to='reviews.review')),
            ],
            options={
                'indexes': [models.Index(fields=['review', 'place'], name='agenda_by_review')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by_resident', None), ('by_staff__isnull', False)), models.Q(('by_resident__isnull', False), ('by_staff', None)), _connector='OR'), name='reviews_agendaline_was_made_by_exactly_one'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='an_agenda_item_has_words', violation_error_message='Write what it is about.'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('review', 'key'), name='an_item_of_the_practice_stands_once')],
            },
        ),
        migrations.CreateModel(
            name='Addendum',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('written_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='reviews.review')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='an_addendum_has_words', violation_error_message='Write what is added or put right.')],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('name_key', models.CharField(editable=False, max_length=200)),
                ('relation', models.CharField(blank=True, max_length=120)),
                ('contact', models.CharField(blank=True, max_length=254)),
                ('wanted', models.BooleanField()),
                ('words', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('by_resident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.resident')),
                ('by_staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='review_wishes', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['stay', 'name_key', 'id'], name='review_wish_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by_resident', None), ('by_staff__isnull', False)), models.Q(('by_resident__isnull', False), ('by_staff', None)), _connector='OR'), name='reviews_wish_was_made_by_exactly_one'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('name_key', ''), _negated=True)), name='a_wish_names_somebody', violation_error_message='Write a name.')],
            },
        ),
    ]
