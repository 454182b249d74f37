"""What people look for here and do not find: an editor says whether it is lacking."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from thedeal.accounts.roles import Permission
from thedeal.community import permissions as community_permissions
from thedeal.community.actions import unmet
from thedeal.community.selectors import unmet as asked
from thedeal.desk import permissions
from thedeal.desk.views.directory import doors
from thedeal.desk.views.drawing import page

SECTION = "directory"


@permissions.needs(
    Permission.EDIT_CATALOGUE, Permission.SUGGEST_LISTINGS, Permission.SEE_BOARD
)
@require_http_methods(["GET", "POST"])
def themes(request: HttpRequest) -> HttpResponse:
    """Show the themes asked for in vain; an editor judges each."""
    council = doors.council(request)
    if request.method == "POST":
        theme = request.POST.get("theme", "")
        unmet.judge(
            authority=council,
            theme=theme,
            state=request.POST.get("state", ""),
            words=request.POST.get("words", ""),
            by=request.user,
        )
        messages.success(request, f"Noted: {theme}.")
        return redirect("desk:themes")
    return page(
        request,
        "desk/directory/themes.html",
        section=SECTION,
        themes=asked.asked_for(council.pk),
        weeks=asked.DAYS // 7,
        fewest=asked.FEWEST,
        is_editor=community_permissions.can_edit(request.user, authority=council),
    )
