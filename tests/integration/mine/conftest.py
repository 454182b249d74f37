"""What the tests of a person's own page share: Joan, her contact, and her code."""

import re

import pytest
from django.test import Client

from thedeal.messages.models import Letter
from thedeal.partners.models import Team
from thedeal.residents.actions import own_pages, people
from thedeal.residents.models import PageCode

EMAIL = "joan@home.example"


@pytest.fixture
def team(cast):
    """Give the council's team in Leigh, where Amina, Tom and Sunita work."""
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def meet(cast, team):
    """Give a way to meet somebody: ``meet("Joan", email=…)``."""

    def met(called, **about):
        return people.meet(team=team, by=cast.amina, called=called, **about)

    return met


@pytest.fixture
def joan(meet):
    """Give a person who can be written to by email."""
    return meet("Joan", full_name="Joan Critchley", email=EMAIL, postcode="wn7 1ab")


@pytest.fixture
def hers(joan):
    """Give Joan's own browser, come in by a code."""
    return come_in(Client())


def come_in(client, contact=EMAIL):
    """Come in by a code, as the person would."""
    client.post("/mine/open/", {"contact": contact})
    send_codes()
    client.post("/mine/code/", {"code": newest_code()})
    return client


def send_codes():
    """Do the job's work for every note that waits."""
    for row in PageCode.objects.filter(used_at=None).exclude(contact=""):
        own_pages.send(row.pk)


def newest_code():
    """Give the code in the newest letter."""
    letter = Letter.objects.filter(kind="residents.page_code").latest("created_at")
    return re.search(r"\b\d{6}\b", letter.body)[0]
