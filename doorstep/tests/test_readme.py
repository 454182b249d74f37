"""What the README shows an analyst is run as it stands."""

import re
from pathlib import Path

HERE = Path(__file__).parents[1]


def test_the_readme_can_be_run_from_top_to_bottom(capsys):
    text = (HERE / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 3
    names = {"EXTRACT": HERE / "data" / "newport" / "newport-small.osm.pbf"}
    exec("\n".join(blocks), names)  # noqa: S102 - our own words
    told = capsys.readouterr().out
    assert "minutes' walk" in told
    assert "Tuesday choir · " in told
    assert "the sentence model is not installed" in told
