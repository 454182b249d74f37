"""The board's addresses."""

from django.urls import URLPattern, path

from thedeal.board.views import (
    appraisal,
    cover,
    demand,
    gap,
    ledger,
    money,
    new_groups,
    spend,
    support,
    voices,
    worked,
)

app_name = "board"
urlpatterns: list[URLPattern] = [
    path("cover/", cover.cover, name="cover"),
    path("cover.csv", cover.cover_csv, name="cover_csv"),
    path("groups-to-begin/", new_groups.new_groups, name="new_groups"),
    path("groups-to-begin.csv", new_groups.new_groups_csv, name="new_groups_csv"),
    path("groups-to-begin/<uuid:pk>/", new_groups.new_group, name="new_group"),
    path("money/", money.overview, name="money"),
    path("money/weekly.csv", money.weekly_csv, name="weekly_csv"),
    path("money/neighbourhoods.csv", money.places_csv, name="places_csv"),
    path("money/spend/", spend.spend, name="spend"),
    path("money/spend.csv", spend.spend_csv, name="spend_csv"),
    path("money/packages/", money.packages, name="packages"),
    path("money/packages/take-in/", money.take_in, name="take_in"),
    path("money/packages/enter/", support.enter, name="enter_package"),
    path("money/packages/<uuid:pk>/", support.support, name="support"),
    path("money/packages/<uuid:pk>/change/", support.change, name="change_package"),
    path("money/changes/<uuid:pk>/own-view/", support.own_view, name="own_view"),
    path("money/ledger/", ledger.ledger, name="ledger"),
    path("money/ledger.csv", ledger.ledger_csv, name="ledger_csv"),
    path("money/ledger/add/", ledger.add, name="add_line"),
    path("money/ledger/<uuid:pk>/", ledger.line, name="line"),
    path("money/ledger/<uuid:pk>/sign/", ledger.sign, name="sign_line"),
    path("money/ledger/<uuid:corrects>/correct/", ledger.add, name="correct_line"),
    path("money/demand/", demand.demand, name="demand"),
    path("money/demand.csv", demand.demand_csv, name="demand_csv"),
    path("money/case/", appraisal.build, name="appraisal"),
    path("money/did-it-work/", worked.worked, name="worked"),
    path("money/did-it-work/ask/", worked.ask, name="ask"),
    path("money/did-it-work/<uuid:pk>/", worked.answer, name="answer"),
    path("money/gap/", gap.tell, name="tell_gap"),
    path("money/gap/voices/", voices.voices, name="voices"),
    path("money/gap/voices/<uuid:pk>/", voices.answer, name="answer_option"),
]
