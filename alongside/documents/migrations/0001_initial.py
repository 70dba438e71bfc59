import alongside.documents.models
import alongside.kit.clock
import alongside.kit.records
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '__first__'),
        ('stays', '0002_correction'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=alongside.kit.records.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.SlugField()),
                ('title', models.CharField(max_length=160)),
                ('dated_on', models.DateField()),
                ('restricted', models.BooleanField(default=False)),
                ('file', models.FileField(upload_to=alongside.documents.models.place)),
                ('file_name', models.CharField(max_length=160)),
                ('file_kind', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField(default=alongside.kit.clock.now, editable=False)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='documents.document')),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='stays.stay')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['stay', '-dated_on', '-id'], name='document_by_stay')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), ('size__gt', 0)), name='document_has_a_title_and_a_content')],
            },
        ),
    ]
