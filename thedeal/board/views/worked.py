"""Did it work? The answer with its grade and balance, or why there is none."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thedeal.board.views.money import money_of
from thedeal.money import selectors as money
from thedeal.money.evaluation.before_after import Withheld
from thedeal.money.evaluation.did_it_work import Answer, did_it_work
from thedeal.money.evaluation.people import EvaluationError

WORTHWHILE = 25.0  # pounds a week: decided before looking, printed with the answer
UNIT = "pounds a week, gross"


@login_required
@require_safe
def worked(request: HttpRequest) -> HttpResponse:
    """Show whether those who moved to community support cost less than people like
    them would have."""
    authority = money_of(request)
    rows = money.moved_to_community(authority, today=timezone.localdate())
    found: Answer | Withheld
    try:
        found = did_it_work(rows, worthwhile=WORTHWHILE, unit=UNIT)
    except EvaluationError as error:
        found = Withheld(reasons=(error.sentence,))
    return render(
        request,
        "board/worked.html",
        {
            "authority_id": authority.pk,
            "answer": found if isinstance(found, Answer) else None,
            "balance_rows": _balance(found) if isinstance(found, Answer) else [],
            "reasons": found.reasons if isinstance(found, Withheld) else (),
            "worthwhile": WORTHWHILE,
            "unit": UNIT,
        },
    )


def _balance(answer: Answer) -> list[list[str]]:
    """Give each trait's difference before and after matching, standard deviations."""
    return [
        [trait, f"{before:.2f}", f"{answer.balance_after[trait]:.2f}"]
        for trait, before in answer.balance_before.items()
    ]
