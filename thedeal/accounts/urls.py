"""The ways in: the sign-in library's views that this house uses, and no others.

No namespace: the library asks for its own names ("account_login").
"""

from allauth.account import views as account
from allauth.mfa import urls as factor_urls
from allauth.socialaccount import views as services
from allauth.socialaccount.providers.openid_connect import urls as service_urls
from allauth.usersessions import views as sessions
from django.urls import URLPattern, URLResolver, include, path

from thedeal.accounts import views

ways_in: list[URLPattern | URLResolver] = [
    path("", views.home, name="account_home"),
    path("login/", views.Login.as_view(), name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path(
        "login/code/confirm/",
        account.confirm_login_code,
        name="account_confirm_login_code",
    ),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path(
        "confirm-email/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
]
password: list[URLPattern | URLResolver] = [
    path("change/", account.password_change, name="account_change_password"),
    path("set/", account.password_set, name="account_set_password"),
    path("reset/", account.password_reset, name="account_reset_password"),
    path(
        "reset/confirm/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "reset/complete/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "reset/done/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
]
connected: list[URLPattern | URLResolver] = [
    path("", services.connections, name="socialaccount_connections"),
    path("cancelled/", services.login_cancelled, name="socialaccount_login_cancelled"),
    path("error/", services.login_error, name="socialaccount_login_error"),
    path("signup/", services.signup, name="socialaccount_signup"),
]
urlpatterns = [
    *ways_in,
    path("password/", include(password)),
    path("email/", account.email, name="account_email"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("second-factor/", include(factor_urls)),
    path("services/", include(connected)),
    path("", include(service_urls)),
]
