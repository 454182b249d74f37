"""The search that other sites may frame, and that no other page of ours may be."""

import re

import pytest

pytestmark = pytest.mark.django_db


def test_only_the_search_may_be_framed(listed, visitor):
    framed = visitor.get("/embed/search/?q=singing")
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert not framed.cookies
    for path in ("/embed/", "/activities/", "/add/", "/shortlist/"):
        answer = visitor.get(path)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], path
        assert answer["X-Frame-Options"] == "DENY", path


def test_results_open_on_our_own_site(listed, visitor):
    page = visitor.get("/embed/search/?q=singing").content.decode()
    row = listed.sing.activities.get()
    link = re.search(r'<a href="(http[^"]*)" target="_blank" rel="noopener">Sing', page)
    assert link and link[1].endswith(row.get_absolute_url())
    assert 'method="post"' not in page
    assert "Nothing fits" in visitor.get("/embed/search/?q=zzzz").content.decode()


def test_a_site_may_fix_the_theme(listed, visitor):
    page = visitor.get("/embed/search/?theme=crafts").content.decode()
    assert '<input type="hidden" name="theme" value="crafts">' in page
    assert "&lt;iframe" in visitor.get("/embed/").content.decode()
