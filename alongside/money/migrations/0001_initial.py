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
            name='Arrears',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('creditor', models.CharField(max_length=200)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True)),
                ('words', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrears', to='stays.stay')),
            ],
            options={
                'verbose_name_plural': 'arrears',
                'constraints': [models.UniqueConstraint(fields=('stay', 'creditor'), name='a_creditor_is_listed_once', violation_error_message='This creditor is on the list already.')],
            },
        ),
        migrations.CreateModel(
            name='ArrearsStep',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('contact', 'Contact made'), ('agreement', 'Agreement reached'), ('payment', 'Payment')], max_length=10)),
                ('happened_on', models.DateField()),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True)),
                ('words', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('arrears', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='money.arrears')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-happened_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'payment'), _negated=True), models.Q(('amount__gt', 0), ('amount__isnull', False)), _connector='OR'), name='an_arrears_payment_has_an_amount', violation_error_message='Write how much was paid.')],
            },
        ),
        migrations.CreateModel(
            name='Benefit',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('kind_words', models.CharField(blank=True, max_length=120)),
                ('reference', models.CharField(blank=True, max_length=60)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='stays.stay')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('stay', 'kind', 'kind_words'), name='a_benefit_is_listed_once', violation_error_message='This benefit is on the list already.')],
            },
        ),
        migrations.CreateModel(
            name='BenefitStatus',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(max_length=20)),
                ('from_on', models.DateField()),
                ('words', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('benefit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='money.benefit')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['benefit', '-from_on', '-id'], name='status_by_benefit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['applied', 'live', 'suspended', 'ended'])), name='a_benefit_status_is_one_of_four')],
            },
        ),
        migrations.CreateModel(
            name='PaymentPlan',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('owed', models.DecimalField(decimal_places=2, max_digits=8)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=8)),
                ('every', models.CharField(choices=[('P1W', 'Every week'), ('P2W', 'Every two weeks'), ('P4W', 'Every four weeks'), ('P1M', 'Every month')], default='P1W', max_length=8)),
                ('starts_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payment_plans', to='stays.stay')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('stay',), name='one_payment_plan_at_a_time', violation_error_message='There is a payment plan already.'), models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('owed__gt', 0)), name='a_payment_plan_pays_something_owed', violation_error_message='Write an amount above nothing.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_by', None), ('ended_on', None)), models.Q(('ended_by__isnull', False), ('ended_on__isnull', False)), _connector='OR'), name='a_payment_plan_end_has_a_day_and_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('paid_on', models.DateField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=8)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='money.paymentplan')),
            ],
            options={
                'ordering': ['-paid_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='a_payment_is_above_nothing', violation_error_message='Write an amount above nothing.')],
            },
        ),
        migrations.CreateModel(
            name='Saving',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('where', models.CharField(max_length=200)),
                ('goal', models.DecimalField(decimal_places=2, max_digits=8)),
                ('opened_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='savings', to='stays.stay')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('goal__gt', 0)), name='a_saving_scheme_has_a_goal', violation_error_message='Write how much they aim for.')],
            },
        ),
        migrations.CreateModel(
            name='Deposit',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('saved_on', models.DateField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=8)),
                ('seen', models.BooleanField(default=False)),
                ('recorded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('saving', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deposits', to='money.saving')),
            ],
            options={
                'ordering': ['-saved_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='a_deposit_moves_something')],
            },
        ),
    ]
