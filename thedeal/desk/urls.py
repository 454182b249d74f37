"""The desk's addresses."""

from django.urls import URLPattern, path

from thedeal.desk.views import box, home, looks, memberships, partners, sharing, wording
from thedeal.desk.views.directory import (
    calendars,
    doubles,
    freshness,
    history,
    listing,
    queue,
    themes,
)
from thedeal.desk.views.people import (
    finding,
    forgetting,
    leaving,
    lives,
    meeting,
    person,
    support,
    ties,
)
from thedeal.desk.views.since import doing
from thedeal.desk.views.since import person as since
from thedeal.desk.views.talking import asks, deal, doors, introducing, talk

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("join/<str:token>/", memberships.join, name="join"),
    path("people/", finding.everybody, name="people"),
    path("people/beyond/", finding.ask_beyond, name="people_beyond"),
    path("people/new/", meeting.new, name="person_new"),
    path("people/teams/<uuid:pk>/", finding.team, name="people_team"),
    path(
        "people/teams/<uuid:pk>/leaving/<uuid:worker>/",
        leaving.leaving,
        name="people_leaving",
    ),
    path("people/forgetting/", forgetting.due, name="forgetting"),
    path("people/forgetting/<uuid:pk>/erase/", forgetting.erase, name="forget"),
    path("people/forgetting/<uuid:pk>/keep/", forgetting.keep, name="forget_later"),
    path("people/<uuid:pk>/", person.person, name="person"),
    path("people/<uuid:pk>/change/", meeting.change, name="person_change"),
    path("people/<uuid:pk>/hand-over/", person.hand_over, name="person_hand_over"),
    path(
        "people/<uuid:pk>/whereabouts/", meeting.whereabouts, name="person_whereabouts"
    ),
    path("people/<uuid:pk>/sharing/", ties.who_may_know, name="person_sharing"),
    path(
        "people/<uuid:pk>/sharing/<uuid:choice>/withdraw/",
        ties.withdraw,
        name="person_sharing_withdraw",
    ),
    path("people/<uuid:pk>/matters/", ties.who_matters, name="person_matters"),
    path(
        "people/<uuid:pk>/matters/<uuid:relation>/end/",
        ties.end_relation,
        name="person_relation_end",
    ),
    path("people/<uuid:pk>/support/", support.support, name="person_support"),
    path(
        "people/<uuid:pk>/support.csv", support.support_csv, name="person_support_csv"
    ),
    path("people/<uuid:pk>/support/enter/", support.enter, name="person_support_enter"),
    path(
        "people/<uuid:pk>/support/<uuid:package>/change/",
        support.change,
        name="person_support_change",
    ),
    path(
        "people/<uuid:pk>/support/changes/<uuid:change>/own-view/",
        support.own_view,
        name="person_support_view",
    ),
    path("people/<uuid:pk>/one-person/", ties.one_person, name="person_one"),
    path(
        "people/<uuid:pk>/one-person/<uuid:merge>/part/", ties.part, name="person_part"
    ),
    path("people/<uuid:pk>/said/", person.say, name="person_say"),
    path(
        "people/<uuid:pk>/said/<slug:what>/<uuid:said>/",
        person.settle,
        name="person_settle",
    ),
    path(
        "people/<uuid:pk>/how-are-you/<slug:name>/",
        lives.how_are_you,
        name="person_how",
    ),
    path("people/<uuid:pk>/goals/", lives.add_goal, name="person_goals"),
    path("people/<uuid:pk>/goals/<uuid:goal_id>/", lives.goal, name="person_goal"),
    path("people/<uuid:pk>/so-far/", since.so_far, name="so_far"),
    path("people/<uuid:pk>/signpost/<uuid:activity>/", doing.signpost, name="signpost"),
    path("introductions/<uuid:pk>/", doing.introduction, name="introduction_done"),
    path("how-it-went/<uuid:pk>/", doing.how_it_went, name="how_it_went"),
    path("steps/<uuid:pk>/done/", doing.done, name="step_done"),
    path("notes/<uuid:pk>/move/", doing.move_note, name="note_move"),
    path("people/<uuid:pk>/talk/", talk.start, name="talk_start"),
    path("people/<uuid:pk>/deal/", deal.start, name="deal_start"),
    path("people/<uuid:pk>/doors/<slug:door>/", doors.door, name="door"),
    path(
        "people/<uuid:pk>/introduce/<uuid:activity>/",
        introducing.introduce,
        name="introduce",
    ),
    path("people/<uuid:pk>/spend/", introducing.spend, name="spend"),
    path("asks/<uuid:pk>/", asks.ask, name="ask"),
    path("asks/<uuid:pk>/take/", asks.take, name="ask_take"),
    path("asks/<uuid:pk>/hand/", asks.hand, name="ask_hand"),
    path("asks/<uuid:pk>/talked/", asks.talked, name="ask_talked"),
    path("talks/<uuid:pk>/", talk.talk, name="talk"),
    path("talks/<uuid:pk>/confirm/", talk.confirm, name="talk_confirm"),
    path("deals/<uuid:pk>/paper.pdf", deal.paper, name="deal_paper"),
    path("talks/<uuid:pk>/save/", talk.save, name="talk_save"),
    path("talks/<uuid:pk>/near/", talk.near, name="talk_near"),
    path("talks/<uuid:pk>/fit/", talk.fit, name="talk_fit"),
    path("talks/<uuid:pk>/finish/", talk.finish, name="talk_finish"),
    path("deals/<uuid:pk>/", deal.deal, name="deal"),
    path("deals/<uuid:pk>/show/", deal.show, name="deal_show"),
    path("deals/<uuid:pk>/agree/", deal.agree, name="deal_agree"),
    path(
        "deals/<uuid:pk>/promises/<uuid:promise>/",
        deal.outcome,
        name="promise_outcome",
    ),
    path("partners/", partners.partners, name="partners"),
    path("partners/add/", partners.add, name="partner_add"),
    path("partners/<uuid:pk>/", partners.partner, name="partner"),
    path("partners/<uuid:pk>/invite/", memberships.invite, name="invite"),
    path("partners/<uuid:pk>/teams/add/", partners.add_team, name="team_add"),
    path("teams/<uuid:pk>/end/", partners.end_team, name="team_end"),
    path("invitations/<uuid:pk>/withdraw/", memberships.withdraw, name="withdraw"),
    path("memberships/<uuid:pk>/", memberships.membership, name="membership"),
    path("memberships/<uuid:pk>/role/", memberships.change_role, name="change_role"),
    path("sharing/", sharing.agreements, name="sharing"),
    path("sharing/add/", sharing.agree, name="sharing_add"),
    path("sharing/<uuid:pk>/end/", sharing.end, name="sharing_end"),
    path("words/", wording.wording, name="wording"),
    path("words/<path:key>/", wording.word, name="word"),
    path("messages/", box.outbox, name="outbox"),
    path("messages/<uuid:pk>/settle/", box.settle, name="settle"),
    path("jobs/<int:job_id>/retry/", box.retry, name="retry"),
    path("looks/", looks.looks, name="looks"),
    path("directory/", queue.queue, name="directory"),
    path("directory/told/<uuid:pk>/", queue.told, name="told"),
    path("directory/claims/<uuid:pk>/", queue.claim, name="claim"),
    path("directory/freshness/", freshness.freshness, name="freshness"),
    path("directory/doubles/", doubles.pairs, name="doubles"),
    path("directory/doubles/<uuid:pk>/", doubles.pair, name="double"),
    path("directory/doubles/<uuid:pk>/judge/", doubles.judge, name="double_judge"),
    path(
        "directory/groups/<uuid:pk>/calendar/<uuid:activity>/",
        calendars.calendar,
        name="calendar",
    ),
    path("directory/joinings/<uuid:pk>/part/", doubles.part, name="joining_part"),
    path("directory/not-found/", themes.themes, name="themes"),
    path("directory/listings/", listing.all_listings, name="listings"),
    path("directory/mine/", listing.mine, name="my_groups"),
    path("directory/groups/<uuid:pk>/", listing.listing, name="listing"),
    path("directory/groups/<uuid:pk>/answer/", listing.answer, name="listing_answer"),
    path("directory/groups/<uuid:pk>/change/", listing.change, name="listing_change"),
    path("directory/groups/<uuid:pk>/unlist/", listing.unlist, name="unlist"),
    path(
        "directory/groups/<uuid:pk>/history/", history.history, name="listing_history"
    ),
    path(
        "directory/groups/<uuid:pk>/history/<int:number>/",
        history.restore,
        name="listing_restore",
    ),
    path("directory/groups/<uuid:pk>/room/<uuid:activity>/", listing.room, name="room"),
]
