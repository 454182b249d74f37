"""Makes what the search reads of an activity: weighed words, and plain ones.

Weights: the activity's name (A), its group's names and themes (B), the place and
what the group could do with (C), descriptions (D). Plain words, in lower case, are
for slips of the fingers (``vocabulary``).
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connections

from thedeal.lib import logins

SQL = """
update community_activity a set
  search = setweight(to_tsvector('english', a.name), 'A')
    || setweight(to_tsvector('english', g.name || ' '
         || array_to_string(g.other_names, ' ') || ' '
         || array_to_string(a.themes, ' ')), 'B')
    || setweight(to_tsvector('english', a.place_name || ' ' || a.asks || ' '
         || coalesce(n.name, '')), 'C')
    || setweight(to_tsvector('english', a.description || ' ' || g.what || ' '
         || a.first_time), 'D'),
  plain = lower(a.name || ' ' || g.name || ' '
    || array_to_string(g.other_names, ' ') || ' '
    || array_to_string(a.themes, ' ') || ' ' || left(a.description, 1000))
from community_group g, community_activity b
left join places_neighbourhood n on n.id = b.neighbourhood_id
where g.id = a.group_id and b.id = a.id and a.id = any(%s)
"""


def refresh(activity_ids: Iterable[UUID]) -> None:
    """Make the search's words anew for some activities: one statement."""
    ids = list(activity_ids)
    if not ids:
        return
    with connections[logins.alias()].cursor() as cursor:
        cursor.execute(SQL, [ids])
