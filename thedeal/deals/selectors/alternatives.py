"""Two other ideas near by, for when a group is full or did not answer."""

from thedeal.community.models import Activity
from thedeal.deals.models import Introduction
from thedeal.deals.selectors import fitting

HOW_MANY = 2


def instead_of(introduction: Introduction) -> list[Activity]:
    """Give up to two activities of other groups that fit what the person was after.

    Empty where we do not know where they live, or nothing near fits. The words are
    what the person chose to say, and what the group does.
    """
    activity = introduction.activity
    about = activity.name if activity else introduction.group.name
    near = fitting.near(introduction.person, words=f"{introduction.says} {about}")
    if near is None:
        return []
    keys = [match.key for match in near.answer.matches]
    others = Activity.objects.filter(pk__in=keys).exclude(group=introduction.group)
    rows = {str(row.pk): row for row in others.select_related("group")}
    found: list[Activity] = []
    for row in (rows[key] for key in keys if key in rows):
        if row.group_id not in {f.group_id for f in found}:
            found.append(row)
    return found[:HOW_MANY]
