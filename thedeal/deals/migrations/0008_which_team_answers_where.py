"""Which team answers for a neighbourhood, in place of a team of the same name.

What held by name is written down as it stood; the council's own team before another's.
"""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

AS_IT_STOOD = """
insert into deals_serving (id, created_at, authority_id, neighbourhood_id, team_id)
select distinct on (n.id) gen_random_uuid(), now(), n.authority_id, n.id, t.id
  from places_neighbourhood n
  join partners_team t on t.authority_id = n.authority_id
   and t.name = n.name and t.ended_at is null
  join partners_organisation o on o.id = t.organisation_id
 order by n.id, o.kind <> 'council', t.created_at
"""


class Migration(migrations.Migration):
    """Adds the table, and what was told from names."""

    dependencies: ClassVar = [
        ("deals", "0007_the_page_that_wrote_last"),
        ("partners", "0002_who_asks"),
        ("places", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Serving",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("neighbourhood_id", models.UUIDField(null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.authority",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "neighbourhood_id"),
                        name="one_team_answers_for_a_neighbourhood",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.RunSQL(AS_IT_STOOD, migrations.RunSQL.noop),
    ]
