"""A person's no to an organisation holds for its workers in other teams too.

Teams are shared: a nurse of the trust may work in the council's team. Where the person
said that the trust may not know them, being in that team lets the nurse in no more.
"""

from importlib import import_module
from typing import ClassVar

from django.db import migrations

before = import_module("thedeal.residents.migrations.0002_whom_may_they_see")

NO = """and not exists (
     select 1 from residents_sharingchoice n
      where n.person_id = a.person_id and n.organisation_id = m.organisation_id
        and n.purpose = 'alongside' and n.withdrawn_at is null and not n.may)"""
PEOPLE = before.PEOPLE.replace(
    f"where a.ended_at is null and {before.NOW}",
    f"where a.ended_at is null and {before.NOW} {NO}",
)


class Migration(migrations.Migration):
    """Gives app_people() the person's no."""

    dependencies: ClassVar = [("residents", "0002_whom_may_they_see")]
    operations: ClassVar = [migrations.RunSQL(PEOPLE, before.PEOPLE)]
