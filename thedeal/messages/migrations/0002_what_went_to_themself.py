"""Says of each letter whether it went to the person whom it is about.

Of letters that went before, those of the kinds that only ever go to the person. A code
that somebody asked for is not among them: it may have been another who shares a phone.
"""

from typing import ClassVar

from django.db import migrations, models

MARK = (
    "update letters_letter set is_to_them = true where person_id is not null"
    " and kind in ('deals.deal', 'deals.deal_copy', 'deals.follow_up')"
)


class Migration(migrations.Migration):
    """Adds the mark, and makes it where it is sure."""

    dependencies: ClassVar = [("letters", "0001_first")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="letter",
            name="is_to_them",
            field=models.BooleanField(default=False),
        ),
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_to_them", False))
                | models.Q(("person_id__isnull", False)),
                name="a_letter_to_them_names_them",
            ),
        ),
    ]
