"""The desk's first page: who one is here, and what one may open."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from thedeal.accounts import roles
from thedeal.desk import navigation, permissions
from thedeal.desk.views.drawing import page
from thedeal.desk.views.talking.today import today
from thedeal.partners import selectors


@permissions.staff_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show a greeting, the roles held today, and the sections to open."""
    held = permissions.held_by(request.user)
    return page(
        request,
        "desk/home.html",
        section="home",
        first_name=str(request.user).split(" ")[0],
        posts=[
            {"membership": each, "title": roles.get(each.role).title}
            for each in selectors.memberships_of(request.user)
        ],
        sections=[s for s in navigation.sections_for(held) if s.words],
        **today(request, held),
    )
