"""The pages of one's own account that the sign-in library does not have."""

from allauth.account import views as library
from allauth.socialaccount.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


class Login(library.LoginView):  # type: ignore[misc] # the library has no types
    """Signing in to work: with the services that an organisation has bound."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add the bound services, each with its address."""
        found: dict[str, object] = super().get_context_data(**kwargs)
        following = self.get_next_url()
        onward = {"next": following} if following else {}
        found["services"] = [
            {
                "name": provider.name,
                "address": provider.get_login_url(self.request, **onward),
            }
            for provider in get_adapter().list_providers(self.request)
        ]
        return found


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how one signs in, and the ways to change it."""
    return render(request, "accounts/home.html", {"person": request.user})
