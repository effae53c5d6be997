"""Every address of the site. Wagtail's pages come last."""

from allauth.account import views as accounts
from django.conf import settings
from django.db import transaction
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from organisations.views.codes import CodeView, confirm_address
from organisations.views.doors import SignUp

from . import contract_pages, design, figure_pages, look, my_account, page_choosers, speculation, views

sign_in = views.staff_sign_in

urlpatterns = [
    # Wagtail's own sign-in asks for a password alone: allauth asks for the second step too.
    path("admin/login/", sign_in, name="wagtailadmin_login"),
    path("_util/login/", sign_in, name="wagtailcore_login"),
    # Wagtail's page chooser shows drafts to all staff: these two only what the person may open.
    path("admin/choose-page/<int:parent_page_id>/", page_choosers.browse, name="wagtailadmin_choose_page_child"),
    path(
        "admin/choose-page/chosen-multiple/",
        page_choosers.chosen_multiple,
        name="wagtailadmin_choose_page_chosen_multiple",
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # What these save and the e-mail that they write stand or fall together.
    path("accounts/signup/", transaction.atomic(SignUp.as_view()), name="account_signup"),
    path("accounts/email/", transaction.atomic(accounts.email), name="account_email"),
    path("accounts/password/reset/", transaction.atomic(accounts.password_reset), name="account_reset_password"),
    path("accounts/password/change/", transaction.atomic(accounts.password_change), name="account_change_password"),
    path("accounts/confirm-email/", CodeView.as_view(), name="account_email_verification_sent"),
    path("accounts/confirm-address/<str:token>/", confirm_address, name="confirm_address"),
    path("accounts/", include("allauth.urls")),
    path("account/", views.dashboard, name="dashboard"),
    path("account/me/", my_account.my_account, name="my_account"),
    path("account/me/happened/", my_account.my_happened, name="my_happened"),
    path("account/me/contacts/", my_account.my_contacts_seen, name="my_contacts_seen"),
    path("account/me/notices/", my_account.my_notices, name="my_notices"),
    path("account/me/data.json", my_account.my_data, name="my_data"),
    path("account/me/delete/", my_account.my_account_delete, name="my_account_delete"),
    path("look.css", look.styles, name="look"),
    path("speculation.json", speculation.rules, name="speculation_rules"),
    path("design/", design.design, name="design"),
    path("health/", views.health, name="health"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.search_suggest, name="search_suggest"),
    path("outcomes/", views.outcome_figures, name="outcome_figures"),
    path("outcomes/<int:pk>/", views.outcome_evidence, name="outcome_evidence"),
    path("contracts/<int:pk>/", contract_pages.contract, name="contract"),
    path("contracts/<int:pk>/handover/", contract_pages.contract_handover, name="contract_handover"),
    path("figures/", figure_pages.figure_list, name="figures"),
    path("figures/<slug:name>/", figure_pages.figure_page, name="figure"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("", include("matching.urls")),
    path("", include("guidance.urls")),
    path("", include("organisations.urls")),
    path("", include("suppliers.urls")),
    path("", include("returns.urls")),
    path("", include("performance.urls")),
    path("", include("talking.urls")),
    path("", include("offers.urls")),
    path("", include("assurance.urls")),
    path("", include("reports.urls")),
    path("", include("golden_thread.urls")),
    path("", include("requests_app.urls")),
    # Renditions of guidance pictures only; evidence and request pictures are not under MEDIA_ROOT.
    re_path(r"^media/(?P<path>images/.+)$", serve, {"document_root": settings.MEDIA_ROOT}, name="media"),
    path("", include(wagtail_urls)),
]
