"""One conversation on one calm page: their words large, what fits beside them.

What is typed is kept by ``saving``, which never waits and never refuses.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.accounts.roles import Permission
from thedeal.community.models import Activity
from thedeal.deals import prompts, writing
from thedeal.deals.actions import confirming, conversations, fitting
from thedeal.deals.hearing import Heard
from thedeal.deals.models import Conversation, Draft, Fit
from thedeal.deals.models.fitting import WHYS
from thedeal.deals.selectors import company, heard
from thedeal.deals.selectors import fitting as fits
from thedeal.deals.selectors import people as reading
from thedeal.deals.states import Next, Stage
from thedeal.desk import permissions
from thedeal.desk.forms.talking import FinishForm
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.people.meeting import beside, note_look
from thedeal.desk.views.talking.doors import hrefs
from thedeal.lib.wording import day, when
from thedeal.partners import selectors as partners
from thedeal.partners.models import Team
from thedeal.residents import reach
from thedeal.residents.models import Person, Strength, Wish
from thedeal.residents.selectors import people

# what each "not for me" changes in what is found for this person, in plain words
CHANGES = {
    "too far": "a longer walk counts against things more",
    "too loud": "a quiet place counts for more",
    "too dear": "the cost counts for more",
    "not my sort": "what is like it stands lower",
    "wrong time": "the hour counts for more",
}
HEARD_WORDS = dict([*Strength.Kind.choices, *Wish.Kind.choices])
MAY_TALK = permissions.needs(Permission.MAKE_DEALS)


@MAY_TALK
@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a conversation with a person, and open its page."""
    person = beside(request, pk)
    talk = conversations.start(
        person, team=team_beside(request, person), by=request.user
    )
    return redirect("desk:talk", talk.pk)


@MAY_TALK
@never_cache
@require_safe
def talk(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is being written, with what fits near by."""
    found = talk_of(request, pk)
    note_look(request, found)
    draft = Draft.objects.filter(conversation=found, writer_id=request.user.pk).first()
    content = writing.unpacked(draft.content) if draft else {}
    return page(
        request,
        "desk/talking/talk.html",
        section=SECTION,
        talk=found,
        worker=request.user.pk,
        person=found.person,
        content=content,
        revision=draft.revision if draft else 0,
        prompts=prompts.beside(found.authority_id),
        stage=prompts.stages(found.authority_id)[Stage(found.stage)],
        stages=prompts.stages(found.authority_id),
        law=hrefs(found.person),
        earlier=[_told(version) for version in found.versions.all()[:5]],
        **_near(request, found.person, content.get(writing.WORDS, "")),
        heard=heard.waiting(found, writer=request.user),
    )


@MAY_TALK
@require_POST
def stage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which of the three conversations this has become; it gates nothing."""
    found = talk_of(request, pk)
    said = {each.value: each for each in Stage}.get(request.POST.get("stage", ""))
    if said is None:
        raise Http404
    conversations.move_on(found, stage=said, by=request.user)
    return redirect("desk:talk", pk)


@MAY_TALK
@require_POST
def near(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give what fits the words as they stand; nothing of them is kept by this."""
    found = talk_of(request, pk)
    words = request.POST.get(writing.WORDS, "")[: writing.LONGEST]
    return _panel(request, found, words)


@MAY_TALK
@require_POST
def fit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep one, say it is not for them and why, or take either back."""
    found = talk_of(request, pk)
    about: dict[str, Any] = {"by": request.user, "conversation": found}
    with absent_is_404():
        if taken_back := request.POST.get("take_back"):
            standing = Fit.objects.get(pk=_uuid(taken_back), person=found.person)
            fitting.take_back(standing, by=request.user)
        else:
            activity = Activity.objects.get(pk=_uuid(request.POST.get("activity", "")))
            if why := request.POST.get("why", ""):
                fitting.not_for_me(found.person, activity=activity, why=why, **about)
            else:
                fitting.keep(found.person, activity=activity, **about)
    if request.headers.get("HX-Request"):
        return _panel(request, found, request.POST.get(writing.WORDS, ""))
    return redirect("desk:talk", pk)


@MAY_TALK
@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a strength or a wish that was heard, once the person says it is so."""
    found = talk_of(request, pk)
    kind, words = request.POST.get("kind", ""), request.POST.get("heard", "")[:500]
    if kind not in {one.value for one in Heard} or not words.strip():
        raise Http404
    confirming.confirm(found, kind=Heard(kind), words=words, by=request.user)
    if request.headers.get("HX-Request"):
        return _panel(request, found, request.POST.get(writing.WORDS, ""))
    return redirect("desk:talk", pk)


@MAY_TALK
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a conversation with the next step that the person chose."""
    found = talk_of(request, pk)
    form = FinishForm(request.POST or None, has_notes=reading.has_notes(found))
    if request.method == "POST" and form.is_valid():
        step = tried(
            form,
            lambda: conversations.finish(found, by=request.user, **form.cleaned_data),
        )
        if step is not None:
            chosen = form.cleaned_data["next_step"]
            if chosen == Next.MAKE_A_DEAL:
                return redirect("desk:deal_start", found.person_id)
            return redirect("desk:person", found.person_id)
    return page(
        request,
        "desk/talking/finish.html",
        section=SECTION,
        form=form,
        talk=found,
        person=found.person,
    )


def talk_of(request: HttpRequest, pk: UUID) -> Conversation:
    """Give a conversation with somebody in reach; raise Http404 for any other."""
    rows = Conversation.objects.filter(person__in=reach.in_reach(request.user))
    found = rows.select_related("person", "person__authority").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def team_beside(request: HttpRequest, person: Person) -> Team:
    """Give the team through which this worker is beside a person; raise Http404."""
    mine = partners.memberships_of(request.user).values("team_id")
    tie = people.who_is_alongside(person).filter(team_id__in=mine).first()
    if tie is None:
        raise Http404
    return tie.team


def _uuid(typed: str) -> UUID:
    """Read an id of our own pages; what is none is not there (404)."""
    try:
        return UUID(typed)
    except ValueError:
        raise Http404 from None


def _panel(request: HttpRequest, found: Conversation, words: str) -> HttpResponse:
    context = {
        "talk": found,
        "person": found.person,
        **_near(request, found.person, words),
    }
    context["heard"] = heard.waiting(found, writer=request.user)
    return render(request, "desk/talking/_near.html", context)


def _near(request: HttpRequest, person: Person, words: str) -> dict[str, Any]:
    standing = fits.standing(person)
    found = fits.near(person, words=words, said=standing)
    matches = found.answer.matches if found else ()
    kept = {str(fit.activity_id) for fit in standing.kept}
    return {
        "near": [
            {
                "key": match.key,
                "title": match.activity,
                "group": match.group,
                "href": f"/activities/{found.slug(match.key)}/" if found else "",
                "facts": [
                    f for f in (match.place, when(match.next_session), match.cost) if f
                ],
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


def _told(version: Any) -> dict[str, Any]:
    content = writing.unpacked(version.content)
    return {"on": day(version.created_at), "content": content, "why": version.why}
