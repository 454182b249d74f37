"""Once somebody is forgotten, no table of the database holds a trace of who they were.

Everything that a person can meet is done with one whose name and words occur nowhere
else; then every row of every table is searched, history, jobs and letters among them.
"""

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import listings
from thedeal.deals import jobs
from thedeal.deals.actions import (
    agreeing,
    asks,
    beside,
    conversations,
    deals,
    doors,
    follow_ups,
    huddles,
    introductions,
    sending,
    spending,
)
from thedeal.deals.models import FollowUp
from thedeal.deals.states import Door, Introduced, Next, Side
from thedeal.lib import sealed
from thedeal.messages.actions import letters
from thedeal.residents import jobs as resident_jobs
from thedeal.residents.actions import (
    forgetting,
    gifts,
    measures,
    merging,
    own_pages,
    people,
    relations,
)
from thedeal.residents.models import PageCode, Person, Relation, Strength
from thedeal.residents.selectors import forgetting as reading

# in every name, number and word that is theirs, and in nothing else
MARK = "quillaby"
PHONE, EMAIL = "07700 900977", "quillaby@home.example"
BEV = {"name": "Bev", "phone": "", "email": "bev@example.org", "show": "ask"}


def traces():
    """Give where the mark, the number or the address stands in the whole database."""
    sought = re.compile(rf"{MARK}|900977|900 977", re.I)
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'select to_jsonb(t)::text from "{table}" t')
            rows = [row for (row,) in cursor.fetchall() if sought.search(row)]
            if rows:
                columns = {
                    name
                    for row in rows
                    for name, value in json.loads(row).items()
                    if sought.search(json.dumps(value))
                }
                found[table] = columns
    return found


@pytest.fixture
def quillaby(cast, team):
    """Give somebody with whom everything was done that can be."""
    day = timezone.localdate() + dt.timedelta(days=9)
    person = people.meet(
        team=team,
        by=cast.amina,
        called="Quillaby",
        full_name="Ada Quillaby",
        other_names="Quillaby Ada",
        email=EMAIL,
        phone=PHONE,
        postcode="wn7 1ab",
        place_words="Quillaby Cottage",
    )
    asks.ask(authority=team.authority, words="Quillaby is lonely.", how_to_reach=PHONE)
    asked = asks.AskToTalk.objects.get()
    talk = asks.talk(asked, person=person, team=team, by=cast.amina)
    words = {"words": "I am Quillaby.", "exact_words": "Quillaby!", "felt": "Quillaby?"}
    conversations.save_draft(talk, by=cast.amina, content=words, revision=1)
    conversations.finish(
        talk,
        by=cast.amina,
        next_step=Next.TALK_AGAIN,
        chosen_by_them=True,
        words="Quillaby rings.",
    )
    gifts.say_strength(
        person, kind=Strength.Kind.HANDS, words="Quillaby bakes.", by=cast.amina
    )
    goal = measures.say_goal(person, words="Quillaby sings", rating=2, by=cast.amina)
    measures.rate_goal(goal, rating=5, by=cast.amina)
    relations.say(person, kind=Relation.Kind.FRIEND, words="Mr Quillaby", by=cast.amina)
    deal = deals.start(person, team=team, by=cast.amina, about="Quillaby")
    for side in Side:
        deals.promise(
            deal, side=side, what="Sing, Quillaby", by_when=day, by=cast.amina
        )
    version = deals.show(deal, by=cast.amina)
    sending.send(version, by=cast.amina)
    agreeing.on_screen(version, their_mark="A. Quillaby", by=cast.amina)
    jobs.plan_follow_ups(str(deal.pk))
    follow_up = FollowUp.objects.order_by("weeks").first()
    said = follow_ups.Said(went=FollowUp.Went.YES, words="Quillaby went.")
    follow_ups.answer(follow_up, said=said)
    group = listings.group(team.authority, "Brew Crew", contact=BEV)
    introduced = introductions.introduce(
        person,
        team=team,
        group=group,
        by=cast.amina,
        first_name="Quillaby",
        says="Quillaby here.",
        they_said_yes=True,
    )
    introductions.answer(
        introduced, state=Introduced.YES, by=cast.amina, words="Bring Quillaby."
    )
    for door in Door:
        row = doors.open_door(
            person,
            door=door,
            by=cast.amina,
            who_asked="Quillaby",
            words="Quillaby fell.",
        )
        jobs.tell_door(str(row.pk))
    doors.refuse(
        row,
        words="No, says Quillaby",
        had_capacity=True,
        is_at_risk=False,
        by=cast.amina,
    )
    huddles.put(person, team=team, about="Who knows Quillaby?", by=cast.amina)
    spending.spend(
        person, team=team, by=cast.amina, pence=500, bought="A kettle", why="Quillaby"
    )
    beside.write(person, about="else", words="Quillaby with two l's.", by=cast.amina)
    other = people.meet(
        team=team, by=cast.amina, called="Quillaby", full_name="A. Quillaby"
    )
    merging.merge(person, other, reason="Quillaby both.", by=cast.amina)
    people.change(person, by=cast.amina, how_to_reach="")
    ticket = own_pages.ask(EMAIL, place="192.0.2.1")
    own_pages.send(PageCode.objects.get().pk)
    code = re.search(r"\b\d{6}\b", letters.Letter.objects.latest("created_at").body)[0]
    own_pages.try_code(ticket, code=code)
    own_pages.come_in(ticket)
    letters.send_due()
    return Person.objects.get(pk=person.pk)


def test_no_table_holds_a_trace_of_them(cast, quillaby):
    before = traces()
    assert {"residents_person", "letters_letter", "accounts_user"} <= set(before)
    forgetting.erase(forgetting.ask(quillaby, by=cast.amina), by=cast.harold)
    resident_jobs.forget_sign_in(str(quillaby.pk))
    sealed.forget_keys()
    assert traces() == {}
    assert reading.still_readable(Person.objects.get(pk=quillaby.pk)) == []


def test_what_was_counted_is_counted_still(cast, quillaby):
    """Numbers survive: how much was promised, spent, introduced, and went."""
    rows = [deals.Promise, spending.SmallSpend, introductions.Introduction, FollowUp]
    before = [model.objects.count() for model in rows]
    forgetting.erase(forgetting.ask(quillaby, by=cast.amina), by=cast.harold)
    assert [model.objects.count() for model in rows] == before
