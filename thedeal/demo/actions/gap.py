"""The demo's gap: how it is told, and what residents said back. Made up."""

import random
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from thedeal.demo.actions.cast import user_of
from thedeal.money import selectors as money
from thedeal.money.actions import answers, gap, voices
from thedeal.money.models import Option
from thedeal.partners.models import Authority
from thedeal.publishing.actions.gap import publish_gap

SEED = 162


def tell_gap(authority: Authority) -> None:
    """Tell it once and publish it, with what residents said back."""
    by = user_of("mei")
    story = gap.tell(
        gap.Telling(
            year=money.financial_year(timezone.localdate()),
            started=Decimal(16_000_000),
            grown=Decimal(1_800_000),
            households=143_102,
            source="Made up for the demonstration; homes are the Census of 2021's",
            why_harder=WHY_HARDER,
            your_part=YOUR_PART,
            got_wrong=GOT_WRONG,
            easy_read=EASY_READ,
        ),
        authority=authority,
        by=by,
    )
    _said_back(authority, publish_gap(story, by=by).pk)


def _said_back(authority: Authority, version_id: UUID) -> None:
    """Make up what residents said of it: most understood, three had ideas."""
    chance = random.Random(SEED)  # noqa: S311 - made-up people, not secrets
    for _ in range(46):
        given = {
            name: right if chance.random() < 0.86 else "no"
            for name, right in voices.QUESTIONS.items()
        }
        voices.understood(
            version_id=version_id, authority_id=authority.pk, answers=given
        )
    for idea in IDEAS:
        voices.suggest(idea, authority_id=authority.pk)
    first = Option.objects.get(authority=authority, words=IDEAS[0])
    answers.answer(first, ANSWER, by=user_of("mei"))


IDEAS = (
    "Let the bowling club look after its own green instead of paying a contractor.",
    "Stop printing the magazine. Nobody on our street reads it.",
    "Could sixth formers teach phones at the library for their volunteering hours?",
)
ANSWER = answers.Said(
    told="Let bowling clubs look after their own greens",
    answer="Two clubs have begun this spring. We lend the mower and pay for the seed. "
    "Clubs that would rather not are left as they are.",
    verdict="will",
    yearly_pounds=Decimal(42_000),
)
WHY_HARDER = (
    "More of us live longer, and more of us live alone. Care costs more each year than "
    "most things do. So the gap grows a little even while we close it."
)
YOUR_PART = (
    {
        "do": "Say hello to a neighbour who lives alone",
        "worth": "We do not know in pounds. People tell us it is worth a great deal.",
        "source": "What people told us; nobody has measured it here",
    },
    {
        "do": "Sort your recycling",
        "worth": "Less waste to bury or burn. Finance has not signed the sum yet.",
        "source": "The ledger, waiting for a signature",
    },
    {
        "do": "Run an hour at your library or park",
        "worth": "It kept libraries open that cost "
        "[Libraries opened with groups that run them] a year less to run",
        "source": "The ledger, signed",
    },
)
GOT_WRONG = (
    "We closed the Tuesday lunch at one hub before asking who ate there. Nine people "
    "had nowhere to go for six weeks. We said sorry, and it is open again, run with them."
)
EASY_READ = """The council has less money than it needs.
This is called the gap.
The gap was [started] a year.
We have closed [closed] of it with you.
Care costs more every year.
You can help by being a good neighbour.
We got some things wrong. We said sorry."""
