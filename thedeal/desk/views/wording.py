"""A council's own words, laid over the definitions."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.accounts.roles import Permission
from thedeal.desk import permissions
from thedeal.desk.forms.partners import OwnWords
from thedeal.desk.views.drawing import authority_of, page, tried
from thedeal.lib import definitions
from thedeal.partners import selectors
from thedeal.partners.actions import words
from thedeal.partners.models import Authority

SECTION = "wording"
# texts, and the days on which groups are asked whether their listing is right
SETTABLE = ("words.", "words/", "community.")


@permissions.needs(Permission.CHANGE_WORDS)
@require_safe
def wording(request: HttpRequest) -> HttpResponse:
    """Show every text, and the days, that a council may set, ours beside theirs."""
    own = selectors.words_of(_authority(request))
    asked = request.GET.get("q", "").strip()[:80]
    shown = [
        {"entry": entry, "own": own.get(entry.key)}
        for entry in _texts()
        if _matches(asked, entry, own[entry.key].text if entry.key in own else "")
    ]
    return page(
        request,
        "desk/wording.html",
        section=SECTION,
        texts=shown,
        asked=asked,
        changed=len(own),
    )


@permissions.needs(Permission.CHANGE_WORDS)
@require_http_methods(["GET", "POST"])
def word(request: HttpRequest, key: str) -> HttpResponse:
    """Change one text, or go back to ours."""
    entry = next((each for each in _texts() if each.key == key), None)
    if entry is None:
        raise Http404
    authority = _authority(request)
    own = selectors.words_of(authority).get(key)
    if "back" in request.POST:
        words.take_back(authority=authority, key=key, by=request.user)
        messages.success(request, "Back to the words that came with it.")
        return redirect("desk:wording")
    first = {"text": own.text if own else entry.value}
    form = OwnWords(request.POST or None, initial=first)
    if form.is_valid():
        text = form.cleaned_data["text"]
        if tried(
            form,
            lambda: words.put(authority=authority, key=key, text=text, by=request.user),
        ):
            messages.success(request, "These are now your words.")
            return redirect("desk:wording")
    return page(
        request,
        "desk/word.html",
        section=SECTION,
        form=form,
        entry=entry,
        own=own,
        heading=entry.title,
        action="Use these words",
    )


def _texts() -> list[definitions.Entry]:
    found = [e for prefix in SETTABLE for e in definitions.within(prefix)]
    return [entry for entry in found if isinstance(entry.value, str)]


def _matches(asked: str, entry: definitions.Entry, own: str) -> bool:
    within = f"{entry.title} {entry.value} {own}".casefold()
    return asked.casefold() in within


def _authority(request: HttpRequest) -> Authority:
    found = authority_of(request)
    if found is None:
        raise Http404
    return found
