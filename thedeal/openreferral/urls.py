"""The addresses of Open Referral UK 3.0, and a JSON answer for all others below."""

from django.urls import path, re_path

from thedeal.openreferral.views import about, lists, single

app_name = "openreferral"
ROOT = "open-referral/v3"

urlpatterns = [
    path(f"{ROOT}/", about.root, name="root"),
    path(f"{ROOT}/openapi.json", about.openapi, name="openapi"),
    path(f"{ROOT}/services.ndjson", lists.bulk, name="bulk"),
    path(f"{ROOT}/services", lists.services, name="services"),
    path(f"{ROOT}/services/<str:pk>", single.service, name="service"),
    path(f"{ROOT}/service_at_locations", lists.at_locations, name="at_locations"),
    path(
        f"{ROOT}/service_at_locations/<str:pk>",
        single.at_location,
        name="at_location",
    ),
    path(f"{ROOT}/organizations", lists.organizations, name="organizations"),
    path(f"{ROOT}/organizations/<str:pk>", single.organization, name="organization"),
    path(f"{ROOT}/taxonomies", lists.taxonomies, name="taxonomies"),
    path(f"{ROOT}/taxonomies/<str:pk>", single.taxonomy, name="taxonomy"),
    path(f"{ROOT}/taxonomy_terms", lists.terms, name="terms"),
    path(f"{ROOT}/taxonomy_terms/<str:pk>", single.term, name="term"),
    re_path(rf"^{ROOT}/.*$", about.nothing_here, name="nothing_here"),
]
