"""How the tables of the sign-in libraries are held: by whom read, how private."""

from thedeal.lib.records import AtEnd, Declared, Grants, Kept, classed
from thedeal.lib.walls import declare

STAFF_ONLY = Grants(staff="rawd", worker="rd")
READ_ONLY = Grants(staff="r", worker="r")
NOBODY = Grants(staff="", worker="")


def hold(
    label: str,
    grants: Grants,
    rule: str,
    *,
    personal: str = "",
    hidden: str = "",
    rest: str = "id",
    since: str = "",
) -> None:
    """Say how a table that is not ours is held; without a clock it goes with its user."""
    privacy = classed(open=rest, personal=personal, hidden=hidden)
    at_end = AtEnd.DELETE if since else AtEnd.ANONYMISE
    kept = Kept(rule=rule, since=since, at_end=at_end)
    declare(label, Declared(privacy=privacy, kept=kept, grants=grants))


def hold_sign_in() -> None:
    """Sessions, addresses, factors, and accounts at organisations' own services."""
    _hold_sessions()
    _hold_ways_in()


def _hold_sessions() -> None:
    """Who is signed in now, and from where: kept for as long as it is of use."""
    session = "accounts.session"
    hold(
        "sessions.Session",
        STAFF_ONLY,
        session,
        hidden="session_key session_data",
        rest="expire_date",
        since="expire_date",
    )
    hold(
        "usersessions.UserSession",
        STAFF_ONLY,
        session,
        personal="user ip user_agent data",
        hidden="session_key",
        rest="id created_at last_seen_at",
        since="last_seen_at",
    )


def _hold_ways_in() -> None:
    """How somebody proves who they are: kept for as long as they have an account."""
    hold(
        "account.EmailAddress",
        Grants(),
        "accounts.user",
        personal="user email",
        rest="id verified primary",
    )
    hold(
        "mfa.Authenticator",
        STAFF_ONLY,
        "accounts.user",
        personal="user",
        hidden="data",
        rest="id type created_at last_used_at",
    )
    hold(
        "socialaccount.SocialAccount",
        STAFF_ONLY,
        "accounts.user",
        personal="user uid extra_data last_login date_joined",
        rest="id provider",
    )


def hold_unused() -> None:
    """What the libraries bring and this house does not use: nobody may touch it."""
    hold(
        "account.EmailConfirmation",
        STAFF_ONLY,
        "accounts.session",
        hidden="key",
        rest="id email_address created sent",
        since="created",
    )
    hold(
        "socialaccount.SocialApp",
        READ_ONLY,
        "accounts.user",
        hidden="client_id secret key settings",
        rest="id provider provider_id name",
    )
    hold(
        "socialaccount.SocialToken",
        READ_ONLY,
        "accounts.user",
        personal="account",
        hidden="token token_secret",
        rest="id app expires_at",
    )
    hold("auth.Group", NOBODY, "accounts.user", rest="id name")
    hold(
        "auth.Permission", NOBODY, "accounts.user", rest="id name content_type codename"
    )
    hold("auth.Group_permissions", NOBODY, "accounts.user", rest="id group permission")
    hold(
        "contenttypes.ContentType",
        READ_ONLY,
        "accounts.user",
        rest="id app_label model",
    )
