import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0001_initial'),
        ('organisation', '__first__'),
        ('residents', '0001_initial'),
        ('stays', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Moment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=240)),
                ('text', models.TextField(blank=True)),
                ('note', models.CharField(blank=True, max_length=240)),
                ('by', models.CharField(blank=True, max_length=200)),
                ('link', models.CharField(blank=True, max_length=300)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('record_type', models.CharField(max_length=60)),
                ('record_id', models.UUIDField()),
                ('part', models.CharField(blank=True, max_length=20)),
                ('restricted', models.BooleanField(default=False)),
                ('resident', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='residents.resident')),
                ('scheme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.scheme')),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moments', to='stays.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['resident', '-happened_at', '-id'], name='moment_by_resident'), models.Index(fields=['resident', 'kind', '-happened_at'], name='moment_by_resident_kind'), models.Index(fields=['scheme', '-recorded_at'], name='moment_by_scheme')],
                'constraints': [models.UniqueConstraint(fields=('record_id', 'part'), name='a_record_tells_each_part_once')],
            },
        ),
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='moments.moment')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('moment', 'staff'), name='a_reader_is_named_once')],
            },
        ),
    ]
