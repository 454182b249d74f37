"""Brings the schema, the cache's table and the walls up to date, in one process.

``python -m thedeal.lib.running.schema`` with the owner's login: starting Django three
times would take three times as long.
"""

import gc

import django
from django.core.management import call_command


def main() -> None:
    """Do all three, in the order in which they need one another."""
    django.setup()
    gc.freeze()  # the classes made on the way are many: look through those alone
    from thedeal.lib.running.sparing import sparing  # pgtrigger wants Django set up

    with sparing():
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable")
    call_command("walls")


if __name__ == "__main__":
    main()
