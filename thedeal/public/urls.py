"""The public pages' addresses."""

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from thedeal.public.views import (
    about,
    adding,
    claiming,
    directory,
    embed,
    first,
    gap,
    neighbourhoods,
    shortlist,
    talking,
    wrong,
)

app_name = "public"
urlpatterns: list[URLPattern] = [
    path("", first.first, name="first"),
    path("near/", first.near, name="near"),
    path("neighbourhoods/", neighbourhoods.every, name="neighbourhoods"),
    path("neighbourhoods/<slug:slug>/", neighbourhoods.one, name="neighbourhood"),
    path("how-we-match/", about.how_we_match, name="how_we_match"),
    path("attributions/", about.attributions, name="attributions"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("source/", about.source, name="source"),
    path("robots.txt", about.robots, name="robots"),
    path(".well-known/security.txt", about.security, name="security"),
    path(
        "sign-in/", RedirectView.as_view(pattern_name="account_login"), name="sign_in"
    ),
    path("activities/", directory.activities, name="activities"),
    path("activities/<slug:slug>/", directory.activity, name="activity"),
    path(
        "activities/<slug:slug>/code.svg", directory.activity_code, name="activity_code"
    ),
    path("groups/<slug:slug>/", directory.group, name="group"),
    path("groups/<slug:slug>/wrong/", wrong.wrong, name="wrong"),
    path("groups/<slug:slug>/change/", adding.change, name="change"),
    path("groups/<slug:slug>/claim/", claiming.claim, name="claim"),
    path("embed/", embed.how, name="embed"),
    path("embed/search/", embed.search, name="embed_search"),
    path("add/", adding.add, name="add"),
    path("talk/", talking.talk, name="talk"),
    path("talk/asked/", talking.asked, name="talk_asked"),
    path("shortlist/", shortlist.shortlist, name="shortlist"),
    path("shortlist/keep/", shortlist.keep, name="keep"),
    path("shortlist/print/", shortlist.paper, name="shortlist_print"),
    path("the-gap/", gap.gap, name="gap"),
    path("the-gap/easy-read/", gap.easy_read, name="gap_easy_read"),
    path("the-gap/leaflet.pdf", gap.leaflet, name="gap_leaflet"),
    path("the-gap/try/", gap.try_it, name="gap_try"),
    path("the-gap/try/idea/", gap.suggest, name="gap_suggest"),
    path("the-gap/understood/", gap.understood, name="gap_understood"),
    path("the-gap/subscribe/", gap.subscribe, name="gap_subscribe"),
    path("the-gap/<uuid:version>/", gap.gap, name="gap_version"),
]
