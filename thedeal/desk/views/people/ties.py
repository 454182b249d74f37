"""Who matters to a person, who may know them, and two records that are one person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from thedeal.accounts.roles import Permission
from thedeal.desk import permissions
from thedeal.desk.forms.people import Joined, Matters, MayKnow
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.people.meeting import beside
from thedeal.partners.models import Organisation
from thedeal.residents.actions import merging, relations, sharing
from thedeal.residents.models import Merge, Relation, SharingChoice
from thedeal.residents.selectors import people, ties
from thedeal.residents.selectors import sharing as reading


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def who_may_know(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what the person says of who may know them, and show what stands."""
    about = beside(request, pk)
    others = Organisation.objects.filter(authority_id=about.authority_id)
    form = MayKnow(request.POST or None, organisations=others)
    if form.is_valid():
        given = dict(form.cleaned_data)
        given["may"] = given["may"] == "yes"
        if tried(form, lambda: sharing.choose(about, by=request.user, **given)):
            messages.success(request, "Written down. It holds from this moment.")
            return redirect("desk:person_sharing", pk)
    return page(
        request,
        "desk/people/sharing.html",
        section=SECTION,
        person=about,
        form=form,
        heading=f"Who may know {about.name}",
        action="Keep what they said",
        choices=reading.choices(about),
    )


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_POST
def withdraw(request: HttpRequest, pk: UUID, choice: UUID) -> HttpResponse:
    """Take a choice back at once, because the person does."""
    about = beside(request, pk)
    with absent_is_404():
        found = SharingChoice.objects.get(pk=choice, person=about)
    sharing.withdraw(found, by=request.user)
    messages.success(request, "Taken back. It holds from this moment.")
    return redirect("desk:people")


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def who_matters(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down somebody who matters to the person."""
    about = beside(request, pk)
    form = Matters(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: relations.say(about, by=request.user, **given)):
            messages.success(request, "Written down.")
            return redirect("desk:person", pk)
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading=f"Who matters to {about.name}",
        action="Keep it",
        back="desk:person",
        back_to=pk,
    )


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_POST
def end_relation(request: HttpRequest, pk: UUID, relation: UUID) -> HttpResponse:
    """End a tie that is no longer so."""
    about = beside(request, pk)
    with absent_is_404():
        found = Relation.objects.get(pk=relation, person=about)
    relations.end(found, by=request.user)
    return redirect("desk:person", pk)


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def one_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Join another record into this one, because both are of one person."""
    about = beside(request, pk)
    names = f"{about.called} {about.full_name} {about.other_names}"
    alike = people.likely_doubles(request.user, names=names, phone=about.phone)
    others = [each.person for each in alike if each.person.pk != about.pk]
    form = Joined(request.POST or None, others=others)
    if form.is_valid():
        gone = next(p for p in others if str(p.pk) == form.cleaned_data["other"])
        why = form.cleaned_data["reason"]
        if tried(form, lambda: merging.merge(about, gone, reason=why, by=request.user)):
            messages.success(request, "They are one record now. It can be undone.")
            return redirect("desk:person", pk)
    return page(
        request,
        "desk/people/one_person.html",
        section=SECTION,
        person=about,
        form=form,
        heading=f"Two records of {about.name}",
        action="Join them",
        others=others,
        merges=ties.merges(about),
    )


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_POST
def part(request: HttpRequest, pk: UUID, merge: UUID) -> HttpResponse:
    """Part two records again: they were two people after all."""
    about = beside(request, pk)
    with absent_is_404():
        found = Merge.objects.get(pk=merge, kept_person=about)
    merging.unmerge(found, by=request.user)
    messages.success(request, "They are two records again; what moved went back.")
    return redirect("desk:person", pk)
