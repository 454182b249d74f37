"""The outbox: after commit, in waking hours, each letter once, whatever breaks."""

import datetime as dt

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from thedeal.lib import logins
from thedeal.messages.actions import letters
from thedeal.messages.models import Letter
from thedeal.messages.states import LetterState

pytestmark = pytest.mark.django_db
HALF_AN_HOUR, A_DAY = dt.timedelta(minutes=30), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _real_carrier(settings, clock):
    settings.DEMO, settings.NOTIFY_KEY = False, ""


@pytest.fixture
def server(monkeypatch):
    """Give the mail server: ``server["is_up"] = False`` takes it down."""
    state, send = {"is_up": True}, EmailBackend.send_messages

    def sending(backend, messages):
        if not state["is_up"]:
            raise ConnectionRefusedError
        return send(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", sending)
    return state


def write(number=1, **changes):
    """Put a letter in the outbox."""
    given = {
        "kind": "tests.letter",
        "to": f"joan{number}@example.org",
        "subject": "News from the council",
        "body": "Dear Joan",
        "once_key": f"letter {number}",
    }
    letters.write(**given | changes)


def states():
    return list(Letter.objects.order_by("once_key").values_list("state", flat=True))


def test_a_mail_server_down_for_a_day_loses_nothing_and_sends_each_once(server, clock):
    server["is_up"] = False
    for number in range(3):
        write(number)
    for _ in range(A_DAY // HALF_AN_HOUR):
        assert letters.send_due() == 0
        clock.shift(HALF_AN_HOUR)
    assert states() == [LetterState.WAITING] * 3
    server["is_up"] = True
    clock.shift(HALF_AN_HOUR)
    assert letters.send_due() == 3
    assert letters.send_due() == 0
    assert sorted(each.to[0] for each in mail.outbox) == [
        f"joan{number}@example.org" for number in range(3)
    ]
    assert states() == [LetterState.SENT] * 3


def test_a_server_that_never_comes_back_ends_in_a_failure_that_is_seen(server, clock):
    server["is_up"] = False
    write()
    for _ in range(3 * letters.MOST_TRIES):  # it is not tried at night
        letters.send_due()
        clock.shift(HALF_AN_HOUR)
    assert states() == [LetterState.FAILED]
    assert Letter.objects.get().tries == letters.MOST_TRIES
    server["is_up"] = True
    clock.shift(dt.timedelta(hours=6))
    letters.send_again(Letter.objects.get(), by=None)
    assert letters.send_due() == 1


@pytest.mark.parametrize("arrived", [True, False])
def test_who_dies_while_sending_leaves_it_for_a_person_to_settle(
    monkeypatch, clock, arrived
):
    write()
    with monkeypatch.context() as while_it_dies, pytest.raises(KeyboardInterrupt):
        while_it_dies.setattr(letters.carriers, "carry", _die)
        letters.send_due()
    clock.shift(letters.UNSURE_AFTER * 2)
    assert letters.send_due() == 0
    assert states() == [LetterState.UNSURE]
    letters.settle(Letter.objects.get(), was_sent=arrived, by=None)
    assert letters.send_due() == (0 if arrived else 1)
    assert states() == [LetterState.SENT]


def _die(_letter):
    raise KeyboardInterrupt


@pytest.mark.parametrize("hours", [1, 24])
def test_a_clock_that_jumps_neither_doubles_nor_loses_a_letter(clock, hours):
    jump = dt.timedelta(hours=hours)
    write(1)
    clock.shift(-jump)
    write(2)
    letters.send_due()
    clock.shift(2 * jump)
    letters.send_due()
    clock.shift(-jump)
    letters.send_due()
    clock.shift(3 * jump)
    letters.send_due()
    assert sorted(each.to[0] for each in mail.outbox) == [
        "joan1@example.org",
        "joan2@example.org",
    ]


def test_nothing_is_sent_of_what_was_rolled_back():
    with pytest.raises(RuntimeError), logins.transaction_now():
        write()
        raise RuntimeError
    assert letters.send_due() == 0
    assert mail.outbox == []


def test_the_same_key_is_one_letter():
    write()
    write(body="Dear Joan, once more")
    assert letters.send_due() == 1
    assert mail.outbox[0].body.startswith("Dear Joan")


def test_at_night_it_waits_for_the_morning_unless_it_was_asked_for(clock):
    clock.shift(dt.timedelta(hours=11))  # eleven at night
    write(1)
    write(2, urgent=True)
    assert letters.send_due() == 1
    clock.shift(dt.timedelta(hours=11))
    assert letters.send_due() == 1


def test_who_opted_out_is_left_in_peace():
    letters.opt_out("joan1@example.org")
    write(1)
    write(2)
    assert letters.send_due() == 1
    assert states() == [LetterState.HELD, LetterState.SENT]


def test_an_address_the_server_does_not_take_is_a_failure_at_once(monkeypatch):
    def refuse(_backend, _messages):
        raise letters.carriers.smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    write()
    assert letters.send_due() == 0
    assert states() == [LetterState.FAILED]
