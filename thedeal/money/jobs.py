"""Money's jobs: the quarterly update's readers, questions put, packages joined."""

from uuid import UUID

from thedeal.lib import queue
from thedeal.money.actions import joining, questions, updates
from thedeal.money.models import CaseNumber, Question


@queue.daily("money.ask_subscribers", cron="*/5 * * * *")
def ask_subscribers() -> int:
    """Ask new addresses whether they meant it, within minutes."""
    return updates.ask_new()


@queue.job("money.settle_subscriber")
def settle_subscriber(subscriber: str, said: str) -> None:
    """Write down what a link's reader chose."""
    updates.settle(UUID(subscriber), wanted=said == "yes")


@queue.job("money.work_out")
def work_out(question: str) -> None:
    """Work out what was asked of "did it work?"."""
    questions.work_out(Question.objects.get(pk=question))


@queue.job("money.join_packages")
def join_packages(number: str) -> None:
    """Put packages under a number with its person, or take them off."""
    joining.settle(CaseNumber.objects.get(pk=number))


@queue.job("money.join_export")
def join_export(authority: str) -> None:
    """Put what an export brought with the people whose numbers are known."""
    joining.settle_all(UUID(authority))
