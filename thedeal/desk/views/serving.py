"""Which team answers where: a council says it once, and asks to talk find their way."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from thedeal.accounts.roles import Permission
from thedeal.deals.actions import serving
from thedeal.deals.selectors import serving as reading
from thedeal.desk import permissions
from thedeal.desk.forms.asks import WhoAnswers
from thedeal.desk.views.door_places import authority_or_404
from thedeal.desk.views.drawing import page

SECTION = "serving"


@permissions.needs(Permission.CHANGE_ORGANISATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def serves(request: HttpRequest) -> HttpResponse:
    """Show which team answers for each neighbourhood, and take what has changed."""
    authority = authority_or_404(request)
    form = WhoAnswers(
        request.POST or None,
        places=reading.neighbourhoods(authority),
        teams=reading.teams(authority),
        now=reading.teams_by_place(authority),
    )
    if request.method == "POST" and form.is_valid():
        for place, team in form.changed():
            serving.say(authority, neighbourhood=place, team=team, by=request.user)
        messages.success(request, "Written down. It holds for whoever asks from now.")
        return redirect("desk:serving")
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        status=400 if form.errors else 200,
        form=form,
        heading="Which team answers where",
        action="Write it down",
        back="desk:home",
    )
