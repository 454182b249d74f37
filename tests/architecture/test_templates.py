"""What every page's template holds to: a layout, a strict policy, plain words."""

import re

from tests.architecture.sources import name_of, pardoned, templates

LAYOUTS = "layouts/"
EXTENDS = re.compile(r"""{%-?\s*extends\s+["']([^"']+)["']""")
MACRO_OR_PART = re.compile(r"/(components|layouts)/")
INCLUDES = re.compile(r"""{%-?\s*(?:include|from|import)\s+["']([^"']+)["']""")
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
SAID_ALOUD = re.compile(r"""\bbutton\([^\n]*?"aria-label":[^\n]{0,60}""")
HANDLER = re.compile(r"""\s(on[a-z]+|style)\s*=\s*["']""", re.IGNORECASE)
ELSEWHERE = re.compile(r"""\b(?:src|srcset|action|data)=["'](?:https?:)?//""")
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|<[^>]*>", re.DOTALL)
# words that make a person a record: see GLOSSARY.md for what we say
FORBIDDEN = re.compile(
    r"\b(service[- ]users?|clients?|your case|case ?worker|case ?load|assessed as"
    r"|eligib(?:le|ility)|hard[- ]to[- ]reach|vulnerable)\b",
    re.IGNORECASE,
)


def _short(name: str) -> str:
    return name.partition("/templates/")[2]


def test_every_page_stands_in_a_layout():
    extended = {
        _short(name_of(path)): match[1] if (match := EXTENDS.search(text)) else ""
        for path, text in templates().items()
    }
    parts = {found for text in templates().values() for found in INCLUDES.findall(text)}

    def stands(name: str) -> bool:
        seen = set()
        while name and name not in seen:
            if name.startswith(LAYOUTS):
                return True
            seen.add(name)
            name = extended.get(name, "")
        return False

    loose = [
        name
        for path in templates()
        if not MACRO_OR_PART.search(name_of(path))
        and (name := _short(name_of(path))) not in parts
        and not _short(name_of(path)).rpartition("/")[2].startswith("_")
        and not stands(name)
    ]
    assert [name for name in loose if name not in pardoned("loose templates")] == []


def test_no_template_has_script_or_style_of_its_own():
    found = []
    for path, text in templates().items():
        for attributes, body in SCRIPT.findall(text):
            is_data = 'type="application/json"' in attributes
            if body.strip() and not is_data:
                found.append(f"{name_of(path)}: <script>")
        found += [f"{name_of(path)}: {each}" for each in HANDLER.findall(text)]
        if re.search(r"<style\b", text, re.IGNORECASE):
            found.append(f"{name_of(path)}: <style>")
    assert found == [], "The page's policy would refuse it: put it in static/."


def test_a_button_is_read_aloud_as_what_it_says():
    found = [
        f"{name_of(path)}: {each}"
        for path, text in templates().items()
        if not MACRO_OR_PART.search(name_of(path))
        for each in SAID_ALOUD.findall(text)
    ]
    assert found == [], "Give it `about`: who speaks to a machine says what they see."


def test_no_template_fetches_anything_from_elsewhere():
    found = [
        f"{name_of(path)}: {each}"
        for path, text in templates().items()
        for each in ELSEWHERE.findall(text)
    ]
    assert found == []


def test_no_page_uses_a_word_that_makes_a_person_a_record():
    said = [
        f"{name_of(path)}: {each}"
        for path, text in templates().items()
        for each in FORBIDDEN.findall(TAG.sub(" ", COMMENT.sub(" ", text)))
    ]
    assert [each for each in said if each not in pardoned("words")] == []


def test_no_form_that_changes_something_leaves_out_its_token():
    bare = [
        name_of(path)
        for path, text in templates().items()
        for form in re.findall(
            r"""<form\b[^>]*method=["']post["'].*?</form>""", text, re.DOTALL
        )
        if "csrf" not in form
        and "{% block" not in form
        and path.name != "gallery.html"  # shows forms, and sends none
    ]
    assert bare == []
