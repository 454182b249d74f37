"""The WSGI door: Granian opens it."""

import gc
import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thedeal.config.settings")
application = get_wsgi_application()

from thedeal.community.selectors.connecting import get_ready  # noqa: E402 - needs apps


def _begin() -> None:
    """Do at the start what the first visitor would wait for.

    What is there by then stays: left out of what Python looks through for garbage, a
    catalogue and all, no page waits a fifth of a second for that in passing.
    """
    get_ready()
    gc.collect()
    gc.freeze()


threading.Thread(target=_begin, name="get ready", daemon=True).start()
