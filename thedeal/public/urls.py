"""The public pages' addresses."""

from django.urls import URLPattern, path

from thedeal.public.views import directory, first, gap, shortlist

app_name = "public"
urlpatterns: list[URLPattern] = [
    path("", first.first, name="first"),
    path("activities/", directory.activities, name="activities"),
    path("activities/<slug:slug>/", directory.activity, name="activity"),
    path("groups/<slug:slug>/", directory.group, name="group"),
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
