"""The WSGI door: Granian opens it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thedeal.config.settings")
application = get_wsgi_application()
