"""Brings the engine in before its tests are read, and takes the clock from Hypothesis.

Tests are imported by their path, so `doorstep/tests` would otherwise stand for a
package `doorstep` and hide the engine of that name. No test of ours is timed: a slow
machine is not a wrong answer.
"""

from hypothesis import settings

import doorstep  # noqa: F401  brought in for its name only

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
