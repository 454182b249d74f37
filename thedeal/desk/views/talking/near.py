"""What fits the words near their door, beside them: kept, not for them, or so it is.

Its buttons belong to the form of the conversation, so that a browser without scripts
sends along what is being typed, and ``saving`` keeps that first.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from thedeal.community.models import Activity
from thedeal.deals import writing
from thedeal.deals.actions import confirming, fitting
from thedeal.deals.hearing import Heard
from thedeal.deals.models import Conversation, Fit
from thedeal.deals.models.fitting import WHYS
from thedeal.deals.selectors import company, heard, writing_too
from thedeal.deals.selectors import fitting as fits
from thedeal.desk.views.drawing import absent_is_404
from thedeal.desk.views.talking.reached import MAY_TALK, talk_of, uuid_or_404
from thedeal.desk.views.talking.saving import saves_first
from thedeal.residents.models import Person, Strength, Wish

# what each "not for me" changes in what is found for this person, in plain words
CHANGES = {
    "too far": "a longer walk counts against things more",
    "too loud": "a quiet place counts for more",
    "too dear": "the cost counts for more",
    "not my sort": "what is like it stands lower",
    "wrong time": "the hour counts for more",
}
HEARD_WORDS = dict([*Strength.Kind.choices, *Wish.Kind.choices])


@MAY_TALK
@require_POST
def near(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give what fits the words as they stand; nothing of them is kept by this."""
    found = talk_of(request, pk)
    words = request.POST.get(writing.WORDS, "")[: writing.LONGEST]
    return _panel(request, found, words)


@saves_first
@MAY_TALK
@require_POST
def fit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep one, say it is not for them and why, or take either back."""
    found = talk_of(request, pk)
    about: dict[str, Any] = {"by": request.user, "conversation": found}
    with absent_is_404():
        if taken_back := request.POST.get("take_back"):
            standing = Fit.objects.get(pk=uuid_or_404(taken_back), person=found.person)
            fitting.take_back(standing, by=request.user)
        else:
            activity = Activity.objects.get(
                pk=uuid_or_404(request.POST.get("activity", ""))
            )
            if why := request.GET.get("why", ""):
                fitting.not_for_me(found.person, activity=activity, why=why, **about)
            else:
                fitting.keep(found.person, activity=activity, **about)
    return _beside_or_whole(request, found)


@saves_first
@MAY_TALK
@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a strength or a wish that was heard, once the person says it is so."""
    found = talk_of(request, pk)
    kind, words = request.GET.get("kind", ""), request.POST.get("heard", "")[:500]
    if kind not in {one.value for one in Heard} or not words.strip():
        raise Http404
    confirming.confirm(found, kind=Heard(kind), words=words, by=request.user)
    return _beside_or_whole(request, found)


def beside_words(request: HttpRequest, person: Person, words: str) -> dict[str, Any]:
    """Give what the panel beside somebody's words shows."""
    standing = fits.standing(person)
    found = fits.near(person, words=words, said=standing)
    matches = found.answer.matches if found else ()
    kept = {str(fit.activity_id) for fit in standing.kept}
    return {
        "near": [
            {
                "key": match.key,
                "title": match.activity,
                "href": f"/activities/{found.slug(match.key)}/" if found else "",
                "facts": [fact for fact in (match.group, match.place) if fact],
                "reasons": match.reasons,
                "cautions": match.cautions,
            }
            for match in matches
            if match.key not in kept
        ],
        "notes": found.answer.notes if found else (),
        "is_placed": found is not None,
        "company": company.near(request.user, person, words=words),
        "kept": standing.kept,
        "refused": standing.refused,
        "whys": WHYS,
        "changes": CHANGES,
        "heard_words": HEARD_WORDS,
    }


def _beside_or_whole(request: HttpRequest, found: Conversation) -> HttpResponse:
    """Give the panel to a script that put it in, the whole page to anybody else."""
    if request.headers.get("HX-Request"):
        return _panel(request, found, request.POST.get(writing.WORDS, ""))
    return redirect("desk:talk", found.pk)


def _panel(request: HttpRequest, found: Conversation, words: str) -> HttpResponse:
    others = writing_too.others(found, writer_id=request.user.pk)
    stamp = writing_too.stamp(others)
    context = {
        "talk": found,
        "person": found.person,
        "others": others,
        "stamp": stamp,
        # only what is new is put in: nobody's reading is folded up for nothing
        "is_swapped": stamp != request.POST.get("others", ""),
        **beside_words(request, found.person, words),
    }
    context["heard"] = heard.waiting(found, writer=request.user)
    return render(request, "desk/talking/_near.html", context)
