"""Brings the engine in before its tests are read.

Tests are imported by their path, so `doorstep/tests` would otherwise stand for a
package `doorstep` and hide the engine of that name.
"""

import doorstep  # noqa: F401  brought in for its name only
