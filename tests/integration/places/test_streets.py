"""Streets that a council loads: walks along them, and about elsewhere."""

import json

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from doorstep import io
from thedeal.places import streets
from thedeal.places.walking import walking_to

OSM = """<?xml version='1.0'?><osm version='0.6'>
<node id='1' version='1' lat='53.5' lon='-2.6'/>
<node id='2' version='1' lat='53.5036' lon='-2.6'/>
<node id='3' version='1' lat='53.5036' lon='-2.594'/>
<way id='1' version='1'><nd ref='1'/><nd ref='2'/><nd ref='3'/>
<tag k='highway' v='footway'/></way></osm>"""


@pytest.fixture
def files(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    extract = tmp_path / "town.osm"
    extract.write_text(OSM, encoding="utf-8")
    return extract


def test_without_streets_every_walk_is_about(files):
    minutes, is_estimate = walking_to(np.array([53.5036]), np.array([-2.594])).minutes(
        53.5, -2.6, limit=30
    )
    assert is_estimate
    assert 8 < minutes[0] < 11


def test_loaded_streets_are_walked_along_and_said_exactly(files, capsys):
    call_command("streets", "load", str(files))
    assert "1 pieces of path, 1 km" in capsys.readouterr().out
    assert streets.network().n_edges == 1
    walking = walking_to(np.array([53.5036, 53.7]), np.array([-2.594, -2.6]))
    minutes, is_estimate = walking.minutes(53.5, -2.6, limit=30)
    assert not is_estimate
    assert minutes[0] == pytest.approx(10, abs=0.2)  # 400 m north, then 400 m east
    assert np.isinf(minutes[1])
    _, elsewhere = walking.minutes(53.69, -2.6, limit=30)
    assert elsewhere


def test_a_bad_extract_keeps_what_was_there(files, tmp_path):
    call_command("streets", "load", str(files))
    bad = tmp_path / "bad.osm"
    bad.write_text("nothing", encoding="utf-8")
    with pytest.raises(CommandError, match="Download it again"):
        call_command("streets", "load", str(bad))
    assert streets.network().n_edges == 1


def test_streets_of_an_older_layout_are_about_until_loaded_again(files, caplog):
    call_command("streets", "load", str(files))
    header = streets.folder() / io.HEADER
    told = json.loads(header.read_text(encoding="utf-8"))
    header.write_text(json.dumps(told | {"version": 0}), encoding="utf-8")
    _, is_estimate = walking_to(np.array([53.5036]), np.array([-2.594])).minutes(
        53.5, -2.6, limit=30
    )
    assert is_estimate
    assert "Load the streets again: ./deal streets load" in caplog.text
    call_command("streets", "load", str(files))
    assert streets.network().n_edges == 1
