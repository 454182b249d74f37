"""The download is whole: every field about a person is in it, or is named with a why."""

import json

import pytest
from django.apps import apps
from django.test import Client

from tests.factories import planting
from tests.integration.mine.conftest import come_in
from thedeal.lib.holding import Privacy
from thedeal.lib.sealed import SealedTextField
from thedeal.mine import held_back
from thedeal.mine.selectors import everything as taking
from thedeal.residents.models import Person
from thedeal.residents.selectors.forgetting import about_a_person

ABOUT_THEM = {Privacy.PERSONAL, Privacy.SENSITIVE}
ROOMS = ("residents", "deals")


def _tables():
    """Give every table of the rooms that hold people, and any other about a person."""
    return {
        model
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
        and hasattr(model, "privacy")
        and not hasattr(model, "pgh_tracked_model")
    } | {model for model, _ in about_a_person()}


def _classed():
    """Give "room.Model.field" of everything personal or sensitive."""
    return {
        f"{model._meta.label}.{name}"
        for model in _tables()
        for name, privacy in model.privacy.items()
        if privacy in ABOUT_THEM
    }


def _given():
    """Give "room.Model.field" of everything that the download has."""
    walked = [*(model for model, _ in about_a_person()), Person]
    own = {
        f"{model._meta.label}.{name}"
        for model in walked
        for name in taking.given_fields(model)
    }
    through = {
        f"{label}.{n}" for label, names in taking.THROUGH.values() for n in names
    }
    # the column that says whose row it is
    whose = {f"{model._meta.label}.{column}" for model, column in about_a_person()}
    return own | through | whose


def test_every_field_about_a_person_is_given_or_named_with_a_reason():
    kept_out = set(held_back.FIELDS) | set(held_back.LEFT_OUT)
    assert _classed() - _given() - kept_out == set(), (
        "Nobody said whether the person may take this away: see mine/held_back.py."
    )


def test_nothing_is_named_as_kept_out_that_is_given_or_is_not_there():
    kept_out = set(held_back.FIELDS) | set(held_back.LEFT_OUT)
    walked = {
        f"{model._meta.label}.{name}"
        for model in (*(m for m, _ in about_a_person()), Person)
        for name in taking.given_fields(model)
    }
    assert kept_out & walked == set()
    assert kept_out - _classed() == set()
    assert not set(held_back.FIELDS) & set(held_back.LEFT_OUT)


def test_each_part_has_a_name_of_its_own_and_no_name_is_left_over():
    walked = {model._meta.label: model for model, _ in about_a_person()}
    titles = [taking.title_of(model) for model in walked.values()]
    assert len(titles) == len(set(titles))
    assert set(taking.TITLES) - set(walked) == set()


@pytest.fixture
def planted(cast, monkeypatch):
    """Give somebody with one row in every table about a person, full of marked words."""
    undecided = {"decision": "", "rule": "asked"}
    monkeypatch.setitem(planting.SHAPES, "residents.Forgetting", undecided)
    at = planting.planter("makerfield")
    for model, _ in about_a_person():
        at.plant(model)
    assert {k: v for k, v in at.failed.items() if k.startswith(ROOMS)} == {}
    return at


def test_the_download_has_every_planted_word_but_what_is_held_back(planted):
    person = planted.made["residents.Person"]
    held = taking.everything(person)
    by_label = {part.label: part for part in taking.parts(person)}
    whole = json.dumps(held)
    for model, _ in about_a_person():
        label = model._meta.label
        if not taking.given_fields(model) or label not in planted.made:
            continue
        rows = by_label[label].rows
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField):
                is_given = field.name in taking.given_fields(model)
                assert (field.name in rows[0]) == is_given, f"{label}.{field.name}"
    assert f"{planted.mark}-saw-heard" in whole
    assert f"{planted.mark}-bought" in whole
    for name in ("felt", "felt-wrong", "reason"):
        assert f'{planted.mark}-{name}"' not in whole


def test_a_concern_for_safety_and_a_confidence_are_in_no_file(planted):
    doors, notes = planted.made["deals.LawDoor"], planted.made["deals.FieldNote"]
    doors.door = "safeguarding"
    doors.save()
    notes.is_in_confidence = True
    notes.save()
    person = planted.made["residents.Person"]
    labels = {part.label for part in taking.parts(person)}
    assert not labels & {"deals.LawDoor", "deals.DoorHappening", "deals.FieldNote"}


def test_they_take_it_away_as_a_file_and_on_paper(joan):
    hers = come_in(Client())
    file = hers.get("/mine/take-away/everything.json")
    assert file["Content-Disposition"].startswith("attachment")
    assert json.loads(file.content)["about_you"]["called"] == "Joan"
    paper = hers.get("/mine/take-away/everything.pdf")
    assert paper.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in paper.content


def test_nobody_else_takes_it_away(signed_in, joan):
    for who in ("nobody", "stranger", "worker"):
        for kind in ("json", "pdf"):
            answer = signed_in(who).get(f"/mine/take-away/everything.{kind}")
            assert answer["Location"] == "/mine/open/"
