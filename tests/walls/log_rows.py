"""Logs one row of every model, as careless code might; prints what the log got.

``python -m tests.walls.log_rows`` runs in the product's own environment.
"""

import logging
import sys

WAYS = ("%s", "%r")


def main() -> None:
    """Log each row as text, and as what an error was about."""
    sys.stderr = sys.stdout  # where the log goes, from here on
    import django

    django.setup()
    from thedeal.lib import walls

    log = logging.getLogger("thedeal.careless")
    for model in walls.stored_models():
        row = model._default_manager.order_by("pk").last()
        for way in WAYS if row is not None else ():
            log.error(way, row)
            try:
                raise ValueError({**vars(row)})
            except ValueError:
                log.exception("could not save")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
