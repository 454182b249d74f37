from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("deals", "0006_it_mattered"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="page",
            field=models.CharField(blank=True, max_length=36),
        ),
        migrations.AddField(
            model_name="draft",
            name="turn",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
