"""The doctor: what it finds, and what it says to do about it."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from thedeal.lib import health
from thedeal.lib.running import doctor
from thedeal.partners.management.commands import look_inside

pytestmark = pytest.mark.django_db


def test_a_machine_without_a_browser_is_told_how_to_get_one(monkeypatch):
    monkeypatch.setattr(doctor.tests, "chromium", lambda: None)
    said = [finding.do for finding in doctor.machine()]
    assert any("apt install chromium" in line for line in said)


def test_a_full_disk_is_wrong_and_ends_with_an_error(monkeypatch, capsys):
    monkeypatch.setattr(health, "free_bytes", lambda: 1000)
    monkeypatch.setattr(look_inside, "whole_trail", lambda: [])
    with pytest.raises(CommandError, match="1 wrong"):
        call_command("look_inside")
    assert "✗ 0.0 GB free" in capsys.readouterr().out


def test_a_job_that_gave_up_is_named(monkeypatch):
    row = {"id": 1, "task_name": "messages.send_due", "attempts": 9}
    monkeypatch.setattr(look_inside.queue, "failed", lambda: [row])
    said = list(look_inside.jobs())
    assert any("messages.send_due" in line for _, line in said)


def test_past_review_dates_are_named(clock):
    clock.move_to(dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    ((state, sentence),) = look_inside.past_review()
    assert state == look_inside.KNOW
    assert "past their review date" in sentence


def test_a_test_message_in_the_demo_is_kept_and_said_so(settings, tmp_path, capsys):
    settings.DEMO, settings.STATE = True, tmp_path
    call_command("send_test_message", "joan@example.org")
    assert "/demo/letters/" in capsys.readouterr().out
    assert len(list((tmp_path / "letters").glob("*.json"))) == 1


def test_a_text_without_a_carrier_says_what_to_set(settings):
    settings.DEMO, settings.NOTIFY_KEY = False, ""
    with pytest.raises(CommandError, match="THEDEAL_NOTIFY_KEY"):
        call_command("send_test_message", "07700900123")
