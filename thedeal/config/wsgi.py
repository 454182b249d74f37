"""The WSGI door: Granian opens it."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thedeal.config.settings")
application = get_wsgi_application()

from thedeal.community.selectors.connecting import get_ready  # noqa: E402 - needs apps

# so that the first visitor does not wait for the language model to be read
threading.Thread(target=get_ready, name="get ready", daemon=True).start()
