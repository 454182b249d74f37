"""What is heard back of the gap: was it understood, and what do people put forward."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from thedeal.money import choices
from thedeal.money.models import Option, OptionAnswer, Understood
from thedeal.partners.models import Authority


@dataclass(frozen=True, kw_only=True)
class Version:
    """How one version of the page was understood; readers, not people known."""

    version_id: UUID
    readers: int
    understood: int

    @property
    def share(self) -> float:
        """Give the share of readers who had every answer right."""
        return self.understood / self.readers if self.readers else 0.0


def understood(authority: Authority) -> list[Version]:
    """Give, for each version, how many answered and how many had it all right."""
    rows = (
        Understood.objects.filter(authority=authority)
        .values("version_id")
        .annotate(
            readers=Count("pk"), all_right=Count("pk", filter=Q(right=F("answered")))
        )
    )
    return [
        Version(
            version_id=row["version_id"],
            readers=row["readers"],
            understood=row["all_right"],
        )
        for row in rows
    ]


def waiting(authority: Authority) -> QuerySet[Option]:
    """Give the options that nobody has answered, oldest first."""
    return Option.objects.filter(authority=authority, answered=None).order_by(
        "created_at"
    )


def answers(authority_id: UUID) -> QuerySet[OptionAnswer]:
    """Give the council's answers, newest first, as anybody may read them."""
    return OptionAnswer.objects.filter(authority_id=authority_id)


def offered(authority_id: UUID) -> list[choices.Option]:
    """Give what residents put forward and the council worked out, to choose from.

    One sum without a range, and nothing known of need: so they count as unverified.
    """
    worked_out = answers(authority_id).filter(
        verdict__in=("will", "looking"), yearly_pounds__isnull=False
    )
    return [
        choices.Option(
            key=f"resident-{said.pk}",
            title=said.told,
            now="Put forward by a resident; what it does to need is not known",
            pounds=(float(said.yearly_pounds or 0),) * 3,
            people=(0.0, 0.0, 0.0),
            source=f"The council’s answer, {said.created_at:%Y-%m-%d}",
            status="unverified",
        )
        for said in worked_out
    ]
