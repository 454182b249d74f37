"""The gap: only signed sums are published, few people are hidden, versions are kept."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client

from tests.integration.money.test_packages_and_ledger import changed, claim, terms
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import letters
from thedeal.messages.models import Letter
from thedeal.money import permissions
from thedeal.money.actions import gap, ledger, packages, updates, voices
from thedeal.money.models import Option, Subscriber, Understood
from thedeal.partners.models import Authority
from thedeal.publishing import selectors
from thedeal.publishing.actions.gap import publish_gap
from thedeal.publishing.actions.quarterly import tell_the_quarter

EASY = "/the-gap/easy-read/"
TELLING = {
    "year": 2026,
    "started": Decimal(16_000_000),
    "grown": Decimal(1_800_000),
    "households": 143_102,
    "source": "Made up",
    "why_harder": "More of us live longer.",
    "your_part": ({"do": "Say hello", "worth": "Not known", "source": "Nobody"},),
    "got_wrong": "We closed a lunch club without asking.",
    "easy_read": "There is a gap.\nWe closed some of it.",
}


@pytest.fixture
def council(cast):
    return permissions.council_of(Authority.objects.get(slug="makerfield"))


@pytest.fixture
def lights(cast, council):
    """A signed line: £5 million a year that lasts."""
    line = ledger.add(
        claim(council, service="Streets", yearly=Decimal(5_000_000)), by=cast.oliver
    )
    ledger.sign(line, by=cast.mei)
    return line


def tell(cast, council, **changes):
    told = gap.Telling(**{**TELLING, **changes})
    return gap.tell(told, authority=council.authority, by=cast.mei)


def test_nothing_signed_is_nothing_to_publish(cast, council):
    ledger.add(claim(council), by=cast.oliver)
    with pytest.raises(UserFacingError, match="No line of the ledger is signed"):
        publish_gap(tell(cast, council), by=cast.mei)


def test_only_signed_lines_are_published(cast, council, lights):
    waiting = claim(council, title="Waste", service="Waste", measures=["measure:waste"])
    ledger.add(waiting, by=cast.oliver)
    publish_gap(tell(cast, council), by=cast.mei)
    told = selectors.told()
    assert told.shown("closed") == "£5 million"
    assert told.shown("left") == "£12.8 million"
    assert [service["title"] for service in told.services()] == ["Streets"]
    assert "£16 million" in told.sentence
    assert "£1.8 million" in told.sentence


def test_a_sum_that_stands_on_few_people_is_not_shown_by_itself(cast, council, lights):
    package = packages.enter(
        person_reference="M9", terms=terms(), payer=council, by=cast.mei, person=None
    )
    made = changed(package, cast.mei, to=17)
    line = ledger.add(
        claim(council, measures=[], changes=[made], yearly=Decimal(51_116)),
        by=cast.oliver,
    )
    ledger.sign(line, by=cast.mei)
    snapshot = publish_gap(tell(cast, council), by=cast.mei)
    care = next(f for f in snapshot.figures if f["id"] == "service:Adult care")
    assert care["shown"] == "*"
    assert care["value"] is None
    assert "51" not in str(care)


def test_every_version_is_kept_and_can_be_read(cast, council, lights):
    first = publish_gap(tell(cast, council), by=cast.mei)
    publish_gap(tell(cast, council, got_wrong="Something else."), by=cast.mei)
    old = Client().get(f"/the-gap/{first.pk}/")
    new = Client().get("/the-gap/")
    assert "lunch club" in old.content.decode()
    assert "older telling" in old.content.decode()
    assert "Something else" in new.content.decode()


def test_long_easy_read_lines_are_refused(cast, council):
    with pytest.raises(UserFacingError, match="Easy Read"):
        tell(cast, council, easy_read=" ".join(["word"] * 19))


def test_the_page_its_leaflet_and_easy_read_open(cast, council, lights):
    publish_gap(tell(cast, council), by=cast.mei)
    for path in ("", "easy-read/", "try/"):
        assert Client().get(f"/the-gap/{path}").status_code == 200
    leaflet = Client().get("/the-gap/leaflet.pdf")
    assert leaflet.content.startswith(b"%PDF")


def test_number_sentence_and_picture_come_before_anything_else(cast, council, lights):
    publish_gap(tell(cast, council), by=cast.mei)
    page = Client().get("/the-gap/").content.decode()
    number, sentence = page.index("<h1>£12.8 million"), page.index("We started £16")
    assert number < sentence < page.index("<svg", sentence) < page.index("Shared")
    easy = Client().get(EASY).content.decode()
    assert "need and prices have added £1.8 million" in easy


def test_before_anything_is_told_the_page_says_so(db):
    answer = Client().get("/the-gap/")
    assert answer.status_code == 400
    assert "not told its gap yet" in answer.content.decode()


def test_choices_add_up_with_their_ranges(cast, council, lights):
    publish_gap(tell(cast, council), by=cast.mei)
    page = Client().post("/the-gap/try/", {"choice": ["tax", "recycling"]})
    assert "£2.22 million" in page.content.decode()
    assert "between £1.95 million and £2.4 million" in page.content.decode()


def test_residents_ideas_and_understanding_are_kept(cast, council, lights):
    snapshot = publish_gap(tell(cast, council), by=cast.mei)
    Client().post("/the-gap/try/idea/", {"words": "  Share   the school minibus "})
    assert Option.objects.get().words == "Share the school minibus"
    Client().post("/the-gap/understood/", {"left": "still", "cash": "any"})
    found = Understood.objects.get()
    assert (found.right, found.answered) == (1, 2)
    assert found.version_id == snapshot.pk
    assert Client().post("/the-gap/try/idea/", {"words": " "}).status_code == 400


def test_an_address_is_asked_once_and_told_once_a_quarter_after_its_yes(
    cast, council, lights, clock
):
    publish_gap(tell(cast, council), by=cast.mei)
    voices.subscribe("Joan@Example.org", authority_id=council.authority_id)
    assert updates.ask_new() == 1
    assert updates.ask_new() == 0
    assert tell_the_quarter() == 0
    updates.settle(Subscriber.objects.get().pk, wanted=True)
    assert tell_the_quarter() == 1
    tell_the_quarter()  # the same quarter again: not written twice
    publish_gap(tell(cast, council, got_wrong="More."), by=cast.mei)
    assert Letter.objects.filter(kind=updates.KIND).count() == 2
    letters.send_due()
    assert {m.to[0] for m in mail.outbox} == {"joan@example.org"}
    clock.shift(dt.timedelta(days=92))
    tell_the_quarter()
    assert Letter.objects.filter(kind=updates.KIND).count() == 3


def test_the_letter_says_the_gap_and_its_link_stops_it(cast, council, lights, clock):
    publish_gap(tell(cast, council), by=cast.mei)
    voices.subscribe("joan@example.org", authority_id=council.authority_id)
    updates.ask_new()
    subscriber = Subscriber.objects.get()
    updates.settle(subscriber.pk, wanted=True)
    tell_the_quarter()
    letter = Letter.objects.get(once_key__startswith="gap:2026-4:")
    assert "£12.8 million is left to find" in letter.body
    link = next(w for w in letter.body.split() if "/t/" in w or "/tap/" in w)
    page = Client().get("/" + link.split("/", 3)[3])
    assert "do not write again" in page.content.decode()
    updates.settle(subscriber.pk, wanted=False)
    clock.shift(dt.timedelta(days=92))
    assert tell_the_quarter() == 0


def test_pounds_typed_into_the_words_are_refused(cast, council, lights):
    with pytest.raises(UserFacingError, match="typed by hand"):
        tell(cast, council, easy_read="We closed £5 million.")


def test_figures_in_the_words_come_from_signed_lines(cast, council, lights):
    named = f"It saved [{lights.title}]."
    publish_gap(tell(cast, council, why_harder=named), by=cast.mei)
    assert "It saved £5 million." in Client().get("/the-gap/").content.decode()
    ledger.add(claim(council, title="Bins", measures=["measure:b"]), by=cast.oliver)
    with pytest.raises(UserFacingError, match=r"\[Bins\] is not a figure"):
        publish_gap(tell(cast, council, why_harder="[Bins]"), by=cast.mei)


def test_easy_read_keeps_in_step_with_the_page(cast, council, lights):
    easy = "We closed [closed].\n[left] is left."
    publish_gap(tell(cast, council, easy_read=easy), by=cast.mei)
    assert "We closed £5 million." in Client().get(EASY).content.decode()
    more = ledger.add(
        claim(
            council, title="Halls", measures=["measure:h"], yearly=Decimal(2_000_000)
        ),
        by=cast.oliver,
    )
    ledger.sign(more, by=cast.mei)
    publish_gap(tell(cast, council, easy_read=easy), by=cast.mei)
    page = Client().get(EASY).content.decode()
    assert "We closed £7 million." in page
    assert "£10.8 million is left." in page


def test_what_changed_since_the_last_telling_is_said(cast, council, lights):
    publish_gap(tell(cast, council), by=cast.mei)
    publish_gap(tell(cast, council, grown=Decimal(2_500_000)), by=cast.mei)
    page = Client().get("/the-gap/").content.decode()
    assert "What changed since" in page
    assert "What is left: £13.5 million. Last time: £12.8 million." in page
    assert "Streets: £5 million." not in page


def test_what_is_no_address_is_refused_with_a_sentence(cast, council, lights):
    publish_gap(tell(cast, council), by=cast.mei)
    answer = Client().post("/the-gap/subscribe/", {"email": "nonsense"})
    assert answer.status_code == 400
    assert "name@example.org" in answer.content.decode()
