"""Which room answers which address."""

from django.urls import include, path

handler400 = "thedeal.lib.requests.bad_request"
handler403 = "thedeal.lib.requests.forbidden"
handler404 = "thedeal.lib.requests.not_found"
handler500 = "thedeal.lib.requests.server_error"

urlpatterns = [
    path("", include("thedeal.public.urls")),
    path("", include("thedeal.tap.urls")),
    path("", include("thedeal.openreferral.urls")),
    path("demo/", include("thedeal.demo.urls")),
    path("desk/", include("thedeal.desk.urls")),
    path("mine/", include("thedeal.mine.urls")),
    path("board/", include("thedeal.board.urls")),
    path("account/", include("thedeal.accounts.urls")),
]
