"""Words that every page uses for dates."""

import pytest

from thedeal.lib import wording


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2021-03-21", "21 March 2021"),
        ("2025-04", "April 2025"),
        ("2025", "2025"),
        ("2025-13", "2025-13"),
        ("2021-02-30", "2021-02-30"),
        ("", ""),
    ],
)
def test_a_sources_date_is_said_in_words_or_left_as_published(text, said):
    assert wording.as_published(text) == said
