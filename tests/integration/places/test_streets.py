"""Streets that a council loads: walks along them, and about elsewhere."""

import json

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from doorstep import io
from thedeal.places import streets
from thedeal.places.walking import off_the_paths, walking_to

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
    walked = walking_to(np.array([53.5036]), np.array([-2.594])).minutes(
        53.5, -2.6, limit=30
    )
    assert walked.is_estimate
    assert 8 < walked.minutes[0] < 11


@pytest.mark.parametrize("are_loaded", [True, False])
def test_somebody_slow_takes_longer_along_streets_and_without(files, are_loaded):
    if are_loaded:
        call_command("streets", "load", str(files))
    walking = walking_to(np.array([53.5036]), np.array([-2.594]))
    usual = walking.minutes(53.5, -2.6, limit=30)
    slow = walking.minutes(53.5, -2.6, limit=30, walker="slow")
    assert slow.minutes[0] / usual.minutes[0] == pytest.approx(
        4.8 / 3.6 / 0.8, rel=0.01
    )
    assert slow.is_estimate is not are_loaded


def test_what_somebody_gains_is_measured_as_what_they_have(files):
    call_command("streets", "load", str(files))
    home = {"lats": np.array([53.5]), "lons": np.array([-2.6])}
    walking = walking_to(np.array([53.5036]), np.array([-2.594]))
    (had,) = walking.reaches(**home).minutes
    assert walking.minutes_to(53.5036, -2.594, **home) == pytest.approx([had])


def test_paths_that_lead_nowhere_are_said_and_not_hidden(files):
    apart = OSM.replace("</osm>", "") + (
        "<node id='8' version='1' lat='53.52' lon='-2.6'/>"
        "<node id='9' version='1' lat='53.521' lon='-2.6'/><way id='2' version='1'>"
        "<nd ref='8'/><nd ref='9'/><tag k='highway' v='footway'/></way></osm>"
    )
    files.write_text(apart, encoding="utf-8")
    call_command("streets", "load", str(files))
    walking = walking_to(np.array([53.5036]), np.array([-2.594]))
    walked = walking.minutes(53.5205, -2.6, limit=30)
    assert walked.is_estimate
    assert "do not join" in walked.why_about


def test_a_place_that_no_path_reaches_is_said_and_one_beside_a_path_is_not(files):
    beside, far = (53.5036, -2.594), (53.52, -2.6)
    lats, lons = (np.array(each) for each in zip(beside, far, strict=True))
    assert off_the_paths(lats, lons) == ["", ""], "no paths are held, so none is missed"
    call_command("streets", "load", str(files))
    near, why = off_the_paths(lats, lons)
    assert near == ""
    assert "near enough to this place" in why or "outside the area" in why
    assert off_the_paths(np.array([]), np.array([])) == []


def test_loaded_streets_are_walked_along_and_said_exactly(files, capsys):
    call_command("streets", "load", str(files))
    assert "1 pieces of path, 1 km" in capsys.readouterr().out
    assert streets.paths().network.n_edges == 1
    walking = walking_to(np.array([53.5036, 53.7]), np.array([-2.594, -2.6]))
    walked = walking.minutes(53.5, -2.6, limit=30)
    assert not walked.is_estimate
    assert walked.minutes[0] == pytest.approx(10, abs=0.2)  # 400 m north, 400 m east
    assert np.isinf(walked.minutes[1])
    assert walking.minutes(53.69, -2.6, limit=30).is_estimate


def test_a_bad_extract_keeps_what_was_there(files, tmp_path):
    call_command("streets", "load", str(files))
    bad = tmp_path / "bad.osm"
    bad.write_text("nothing", encoding="utf-8")
    with pytest.raises(CommandError, match="Download it again"):
        call_command("streets", "load", str(bad))
    assert streets.paths().network.n_edges == 1


def test_streets_of_an_older_layout_are_about_until_loaded_again(files, caplog):
    call_command("streets", "load", str(files))
    header = streets.folder() / io.HEADER
    told = json.loads(header.read_text(encoding="utf-8"))
    header.write_text(json.dumps(told | {"version": 0}), encoding="utf-8")
    walking = walking_to(np.array([53.5036]), np.array([-2.594]))
    assert walking.minutes(53.5, -2.6, limit=30).is_estimate
    assert "Load the streets again: ./deal streets load" in caplog.text
    call_command("streets", "load", str(files))
    assert streets.paths().network.n_edges == 1
