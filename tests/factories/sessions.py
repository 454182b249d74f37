"""Signs the standing cast in at the running product, second factor and all.

``python -m tests.factories.sessions`` runs in the product's own environment and prints
the session of each, by what they stand for ("worker", "stranger"), as JSON. The cast's
member of another team, whom the demo does not need, is made first.
"""

import json
import sys


def main() -> None:
    """Print a session for each of the standing cast."""
    import django

    django.setup()
    from django.conf import settings

    from tests.factories import cast

    everybody = cast.build()
    found = {
        who: cast.client_for(getattr(everybody, who))
        .cookies[settings.SESSION_COOKIE_NAME]
        .value
        for who in cast.STANDING
        if who != "nobody"
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
