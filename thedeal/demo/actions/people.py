"""The demo's ten people: made up, at different places of their story.

Everything goes in by a worker's own hands: met, listened to, a deal on both sides, an
introduction. Run twice it changes nothing.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from thedeal.community.models import Activity
from thedeal.deals.actions import (
    agreeing,
    conversations,
    deals,
    fitting,
    huddles,
    introductions,
)
from thedeal.deals.models import Conversation, Deal
from thedeal.deals.states import Introduced, Next, Side
from thedeal.demo.actions.cast import user_of
from thedeal.demo.actions.own_pages import give_page
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Team
from thedeal.residents import reach
from thedeal.residents.actions import gifts, measures, people
from thedeal.residents.models import Person

TEXTS = Path(__file__).resolve().parents[1] / "texts" / "people.yaml"
WORKER = "amina"
ABOUT = (
    "called",
    "full_name",
    "postcode",
    "phone",
    "email",
    "helps",
    "language",
    "is_carer",
)
ONS4 = ("satisfaction", "worthwhile", "happy", "anxious")
A_WEEK, TWO_WEEKS = dt.timedelta(days=7), dt.timedelta(days=14)
SAYING: dict[str, Callable[..., Any]] = {
    "strengths": gifts.say_strength,
    "wishes": gifts.say_wish,
    "offers": gifts.say_offer,
}


def build_people(*, tell: Callable[[str], None]) -> None:
    """Meet those who are missing; ``tell`` hears how many there are."""
    worker = user_of(WORKER)
    stories = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    team = reach.workings_of(worker).select_related("team").earliest("starts_on").team
    if team is None:
        raise ValueError(f"{WORKER} is in no team.")
    for story in stories:
        with logins.transaction_now():
            if not Person.objects.filter(
                called=story["called"], authority=team.authority
            ).exists():
                _live(story, team=team, by=worker)
    tell(f"{len(stories)} made-up people, alongside {worker}")


def _live(story: dict[str, Any], *, team: Team, by: Any) -> None:
    """Put one person and their story in."""
    person = people.meet(team=team, by=by, **{k: story[k] for k in ABOUT if k in story})
    talk = _talk(story, person, team=team, by=by)
    for what, say in SAYING.items():
        for kind, words, *hours in story.get(what, ()):
            more = {"hours": hours[0]} if hours else {}
            say(person, kind=kind, words=words, by=by, is_confirmed=True, **more)
    _measures(story, person, by=by)
    if kept := _activity(story.get("kept", "")):
        fitting.keep(person, activity=kept, by=by, conversation=talk)
    deal = _deal(story, person, talk, team=team, by=by)
    if "huddle" in story:
        huddles.put(person, team=team, about=story["huddle"], by=by)
    if "introduce" in story:
        _introduce(story, person, deal, team=team, by=by)
    if "page" in story and deal:
        give_page(story["page"], person, talk=talk, deal=deal, by=by)


def _talk(
    story: dict[str, Any], person: Person, *, team: Team, by: Any
) -> Conversation:
    held_on = timezone.localdate() - dt.timedelta(days=story["days_ago"])
    talk = conversations.start(person, team=team, by=by, held_on=held_on)
    conversations.save_draft(talk, by=by, content={"words": story["words"]}, revision=0)
    if "next" in story:
        kind, *days = story["next"]
        due_on = timezone.localdate() + dt.timedelta(days=days[0]) if days else None
        conversations.finish(
            talk, by=by, next_step=Next(kind), chosen_by_them=True, due_on=due_on
        )
    return talk


def _measures(story: dict[str, Any], person: Person, *, by: Any) -> None:
    first = timezone.now() - dt.timedelta(days=story["days_ago"])
    for number, scores in enumerate(story.get("ons4", ())):
        taken_at = first if number == 0 else timezone.now()
        measures.answer(
            person,
            instrument="ons4",
            answers=dict(zip(ONS4, scores, strict=True)),
            is_own_answer=True,
            by=by,
            taken_at=taken_at,
        )
    if "goal" in story:
        words, *ratings = story["goal"]
        goal = measures.say_goal(person, words=words, by=by)
        for number, rating in enumerate(ratings):
            rated_at = first if number == 0 else timezone.now()
            measures.rate_goal(goal, rating=rating, by=by, rated_at=rated_at)


def _deal(
    story: dict[str, Any], person: Person, talk: Conversation, *, team: Team, by: Any
) -> Deal | None:
    if "ours" not in story:
        return None
    deal = deals.start(person, team=team, by=by, conversation=talk)
    today = timezone.localdate()
    for side, days in ((Side.OURS, A_WEEK), (Side.YOURS, TWO_WEEKS)):
        for what in story[side.value]:
            deals.promise(deal, side=side, what=what, by_when=today + days, by=by)
    if "mark" in story:
        version = deals.show(deal, by=by)
        agreeing.on_screen(version, their_mark=story["mark"], by=by)
    return deal


def _introduce(
    story: dict[str, Any], person: Person, deal: Deal | None, *, team: Team, by: Any
) -> None:
    name, became = story["introduce"]
    activity = _activity(name)
    if activity is None:
        return
    try:
        made = introductions.introduce(
            person,
            team=team,
            group=activity.group,
            activity=activity,
            by=by,
            first_name=story["called"],
            says="I would like to come and see.",
            they_said_yes=True,
            deal=deal,
        )
    except UserFacingError:
        return  # a group that gave nobody to write to: the deal says who rings
    if became == Introduced.ASKED.value:
        return  # its organiser finds it on the group's own page
    day = timezone.localdate() + A_WEEK
    introductions.answer(made, state=Introduced.YES, by=by, come_on=day)
    if became == Introduced.SETTLED.value:
        introductions.went(made, by=by)
        introductions.settled(made, by=by)


def _activity(name: str) -> Activity | None:
    if not name:
        return None
    return Activity.objects.filter(name=name).select_related("group").first()
