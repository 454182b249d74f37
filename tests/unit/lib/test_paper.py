"""Papers: tagged for screen readers, and made whatever letters somebody uses."""

from pathlib import Path

import pytest

from thedeal.lib import paper

TEMPLATE = """#let data = json(bytes(sys.inputs.data))
#set document(title: "What was said")
#data.said
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    made = tmp_path / "said.typ"
    made.write_text(TEMPLATE)
    return made


@pytest.mark.parametrize(
    "said", ["I miss the altos.", "你好", "Tea 👩‍👩‍👧 and cake", "a\x07b"]
)
def test_a_paper_is_made_and_tagged_whatever_letters_are_used(template, said):
    made = paper.pdf(template, {"said": said})
    assert made.startswith(b"%PDF")
    assert b"/MarkInfo" in made


def test_only_what_every_font_can_draw_says_that_it_keeps_to_the_standard(template):
    assert b"pdfuaid" in paper.pdf(template, {"said": "I miss the altos."})
    assert b"pdfuaid" not in paper.pdf(template, {"said": "你好"})
