"""One conversation on one calm page: their words large, what fits beside them.

What is typed is kept by ``saving``, which never waits and never refuses.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.deals import prompts, writing
from thedeal.deals.actions import conversations
from thedeal.deals.models import Draft
from thedeal.deals.selectors import heard, writing_too
from thedeal.deals.selectors import people as reading
from thedeal.deals.states import Next, Stage
from thedeal.desk.forms.talking import FinishForm
from thedeal.desk.views.drawing import page, tried
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.people.meeting import beside, note_look
from thedeal.desk.views.talking import near
from thedeal.desk.views.talking.doors import hrefs
from thedeal.desk.views.talking.reached import MAY_TALK, talk_of, team_beside
from thedeal.desk.views.talking.saving import saves_first
from thedeal.lib.wording import day

MOST_VERSIONS = 5


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
    others = writing_too.others(found, writer_id=request.user.pk)
    versions = found.versions.select_related("writer")[:MOST_VERSIONS]
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
        earlier=[_told(version) for version in versions],
        others=others,
        stamp=writing_too.stamp(others),
        **near.beside_words(request, found.person, content.get(writing.WORDS, "")),
        heard=heard.waiting(found, writer=request.user),
    )


@saves_first
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


def _told(version: Any) -> dict[str, Any]:
    content = writing.unpacked(version.content)
    return {
        "on": day(version.created_at),
        "by": str(version.writer),
        "content": content,
        "why": version.why,
    }
