"""What is typed in a conversation is kept, or comes back with why it was not."""

import pytest

from thedeal.deals.models import Draft, Version
from thedeal.deals.writing import LONGEST

HEADERS = {"X-Requested-With": "autosave"}
WORDS = {"words": "I used to sing", "revision": "0"}


@pytest.fixture
def save(talk):
    return f"/desk/talks/{talk.pk}/save/"


def test_signed_out_it_comes_back_as_it_was_typed(signed_in, save):
    answer = signed_in("nobody").post(save, WORDS)
    assert answer.status_code == 403
    assert "I used to sing" in answer.content.decode()
    assert not Draft.objects.exists()
    by_script = signed_in("nobody").post(save, WORDS, headers=HEADERS)
    assert by_script.status_code == 302


def test_signed_out_no_page_for_signing_in_stands_among_the_suggestions(
    signed_in, talk
):
    near = f"/desk/talks/{talk.pk}/near/"
    nobody = signed_in("nobody")
    piece = nobody.post(near, WORDS, headers={"HX-Request": "true"})
    assert piece.status_code == 401
    assert nobody.post(near, WORDS).status_code == 302


def test_too_long_it_comes_back_as_it_was_typed(signed_in, save):
    long = {"words": "x" * (LONGEST + 1), "revision": "0"}
    page = signed_in("worker").post(save, long)
    assert page.status_code == 400
    assert long["words"] in page.content.decode()
    by_script = signed_in("worker").post(save, long, headers=HEADERS)
    assert by_script.status_code == 400
    assert "more than one conversation holds" in by_script.json()["sentence"]


def test_what_stood_is_a_version_before_two_texts_are_put_together(signed_in, save):
    worker = signed_in("worker")
    worker.post(save, WORDS, headers=HEADERS)
    late = {"words": "He walks the dog", "revision": "0"}
    assert worker.post(save, late, headers=HEADERS).status_code == 409
    (version,) = Version.objects.all()
    assert "I used to sing" in version.content


@pytest.mark.parametrize("odd", ["", "x", "-1", "9" * 30, "٣"])
def test_a_number_that_is_none_loses_nothing(signed_in, save, odd):
    sent = {"words": "I used to sing", "revision": odd, "turn": odd, "page": "p" * 99}
    answer = signed_in("worker").post(save, sent, headers=HEADERS)
    assert answer.json() == {"revision": 1}


def test_the_council_says_where_the_conversation_is_and_it_opens_and_shuts_nothing(
    signed_in, talk
):
    worker = signed_in("worker")
    page = f"/desk/talks/{talk.pk}/"
    assert "Where we are: Listening and connecting" in worker.get(page).content.decode()
    worker.post(f"{page}stage/", {"stage": "stay close"})
    moved = worker.get(page).content.decode()
    assert "Where we are: Staying close while things are hard" in moved
    assert worker.post(f"{page}stage/", {"stage": "closed"}).status_code == 404
    back = worker.post(f"{page}stage/", {"stage": "listen"})
    assert back.status_code == 302


class TestAButtonBesideTheWords:
    """Without scripts its whole form comes along: the words are kept first."""

    @pytest.fixture
    def press(self, signed_in, talk):
        stage, whole = f"/desk/talks/{talk.pk}/stage/", {"talk": str(talk.pk), **WORDS}

        def pressed(sent=None, who="worker", **also):
            form = {"stage": "stay close", **whole, **(sent or {})}
            return signed_in(who).post(stage, form, **also)

        return pressed

    def test_they_are_kept_and_it_is_done(self, press, talk):
        assert press().status_code == 302
        talk.refresh_from_db()
        assert talk.stage == "stay close"
        assert "I used to sing" in Draft.objects.get().content

    @pytest.mark.parametrize(
        ("sent", "who", "answers"),
        [
            ({}, "nobody", 403),
            ({"words": "x" * (LONGEST + 1)}, "worker", 400),
            ({"words": "He walks the dog"}, "worker", 409),
        ],
    )
    def test_where_they_cannot_be_kept_they_come_back_and_nothing_is_done(
        self, press, save, signed_in, talk, sent, who, answers
    ):
        signed_in("worker").post(save, WORDS, headers=HEADERS)
        answer = press(sent, who=who)
        assert answer.status_code == answers
        assert ({**WORDS, **sent})["words"] in answer.content.decode()
        talk.refresh_from_db()
        assert talk.stage != "stay close"

    def test_a_script_has_kept_them_by_itself(self, press):
        press(headers={"HX-Request": "true"})
        assert not Draft.objects.exists()

    @pytest.mark.parametrize("odd", ["", "x", "00000000-0000-0000-0000-000000000000"])
    def test_a_conversation_that_is_none_is_not_there(self, press, odd):
        assert press({"talk": odd}).status_code == 404

    def test_what_happens_next_comes_after_keeping(self, signed_in, save, talk):
        answer = signed_in("worker").post(save, {**WORDS, "then": "finish"})
        assert answer.url == f"/desk/talks/{talk.pk}/finish/"
        assert Draft.objects.exists()
