"""The gallery: one page with every component, for whoever builds pages."""

import re

import pytest

from thedeal.lib.running.manage import ROOT

COMPONENTS = ROOT / "thedeal" / "templates" / "components"
GALLERY = "/demo/gallery/"
MACRO = re.compile(r"{% macro (\w+)\(")
CLASS = re.compile(r"""class"?[=:]\s?"([a-z][\w-]+)""")


@pytest.fixture
def gallery(client, db, settings):
    """Give the gallery as whoever sits at the demo's machine sees it."""
    settings.DEMO = True
    answer = client.get(GALLERY, headers={"host": "localhost"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_gallery_shows_every_component(gallery):
    source = (ROOT / "thedeal" / "templates" / "gallery.html").read_text("utf-8")
    unseen = []
    for macro in sorted(COMPONENTS.glob("*/macro.html")):
        text = macro.read_text("utf-8")
        is_called = any(f"ui.{name}(" in source for name in MACRO.findall(text))
        if not is_called and not any(name in gallery for name in CLASS.findall(text)):
            unseen.append(macro.parent.name)
    assert unseen == [], "Show them in thedeal/templates/gallery.html."


def test_the_gallery_asks_the_database_for_nothing(
    client, db, settings, django_assert_max_num_queries
):
    settings.DEMO = True
    with django_assert_max_num_queries(8):  # who asks, and a council's own words
        client.get(GALLERY, headers={"host": "localhost"})


def test_the_gallery_is_only_in_the_demo(client, db):
    assert client.get(GALLERY).status_code == 404
