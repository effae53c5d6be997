"""One search of the staff side over all that a person may see: contracts, organisations, requests, people, pages."""

from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from organisations.models import Organisation
from organisations.permissions import CHANGE_ORGANISATION, VIEW_USER
from requests_app.models import Request
from requests_app.permissions import CHANGE_REQUEST
from suppliers.models import Contract
from suppliers.permissions import VIEW_COMMITMENT
from words.references import reference_key

MOST = 10


@dataclass
class Found:
    """One kind of thing that was found: [(what, about, url)], at most MOST, and whether there are more."""

    title: str
    rows: list = field(default_factory=list)
    more: bool = False


def find(user, text):
    """[Found] of what stands in `text`, in the order in which staff ask; kinds with nothing are left out."""
    words = " ".join(str(text or "").replace("\0", " ").split())[:200]
    kinds = (_contracts, _organisations, _requests, _people, _pages)
    return [found for kind in kinds if words and (found := kind(user, words)) and found.rows]


def _found(title, rows, say):
    rows = list(rows[: MOST + 1])
    return Found(title, [say(row) for row in rows[:MOST]], len(rows) > MOST)


def _every(words, *fields):
    """Each word stands in one of the fields."""
    wanted = Q()
    for word in words.split():
        one = Q()
        for name in fields:
            one |= Q(**{f"{name}__icontains": word})
        wanted &= one
    return wanted


def _contracts(user, words):
    if not user.has_perm(VIEW_COMMITMENT):
        return None
    wanted = _every(words, "reference", "title", "supplier_name", "supplier__name")
    rows = Contract.objects.filter(wanted | Q(reference_key=reference_key(words))).select_related("supplier", "manager")
    return _found(
        "Contracts", rows.order_by("reference_key"),
        lambda row: (f"{row.reference}, {row.title}", row.supplier_label, row.get_absolute_url()),
    )  # fmt: skip


def _organisations(user, words):
    if not user.has_perm(CHANGE_ORGANISATION):
        return None
    rows = Organisation.objects.filter(_every(words, "name", "charity_number", "company_number")).order_by("name")
    return _found(
        "Organisations", rows,
        lambda row: (row.name, row.get_state_display(), reverse("organisation_decide", args=[row.pk])),
    )  # fmt: skip


def _requests(user, words):
    rows = Request.objects.visible_to(user).select_related("organisation")
    rows = rows.filter(_every(words, "title", "organisation__name")).order_by("-pk")
    return _found("Requests", rows, lambda row: (str(row), str(row.organisation), _request_url(user, row)))


def _request_url(user, row):
    if user.has_perm(CHANGE_REQUEST):
        return reverse(Request.snippet_viewset.get_url_name("edit"), args=[row.pk])
    return row.get_absolute_url()


def _people(user, words):
    if not user.has_perm(VIEW_USER):
        return None
    rows = get_user_model().objects.filter(_every(words, "name", "email"), is_active=True).order_by("name", "pk")
    return _found("People", rows, lambda row: (str(row), row.email, reverse("wagtailusers_users:edit", args=[row.pk])))


def _pages(user, words):
    rows = PagePermissionPolicy().instances_user_has_any_permission_for(user, ["add", "change", "publish"])
    rows = rows | Page.objects.live().public()
    rows = Page.objects.filter(pk__in=rows.values("pk"), depth__gt=1).filter(_every(words, "title")).order_by("title")
    may = set(PagePermissionPolicy().instances_user_has_permission_for(user, "change").values_list("pk", flat=True))
    return _found(
        "Pages", rows,
        lambda row: (
            row.title, "Public" if row.live else "Not public",
            reverse("wagtailadmin_pages:edit", args=[row.pk]) if row.pk in may else row.url,
        ),
    )  # fmt: skip
