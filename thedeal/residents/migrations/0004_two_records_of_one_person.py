"""Lets whoever may see a person see what stayed under a record that was merged in.

Answers to measures are never changed, so they keep the number of the record they were
given under; a link made for that record goes on speaking for the person.
"""

from importlib import import_module
from typing import ClassVar

from django.db import migrations

before = import_module("thedeal.residents.migrations.0003_a_no_beats_a_team")

START, END = "select array(", ")$$\n"
INNER = before.PEOPLE[before.PEOPLE.index(START) + len(START) : -len(END)]
HEAD = before.PEOPLE[: before.PEOPLE.index(START)]
PEOPLE = f"""{HEAD}with seen as ({INNER})
select array(
  select p from seen
  union
  select g.id from residents_person g join seen on g.merged_into_id = seen.p
  union
  select g.merged_into_id from residents_person g join seen on g.id = seen.p
   where g.merged_into_id is not null
)$$
"""


class Migration(migrations.Migration):
    """Gives app_people() the records that were merged."""

    dependencies: ClassVar = [("residents", "0003_a_no_beats_a_team")]
    operations: ClassVar = [migrations.RunSQL(PEOPLE, before.PEOPLE)]
