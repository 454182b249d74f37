"""Makes a fresh machine ready: private environment, locked packages, front-end files.

Runs before any package is installed, so only the standard library, and nothing else
of ours. Each step is stamped, so that a second start has nothing to do and needs no
network. It must never install anything outside ``.deal``.
"""
