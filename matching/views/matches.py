"""Matches for suppliers, likely helpers for requestors, what local groups need for bidders, and the live hint."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from guidance.models import Outcome
from organisations.models import Organisation
from places.models import District, clean_postcode, outcode_of
from requests_app import access, cards
from requests_app.models import RequestTotals
from screens.frames import asked_for
from suppliers.models import Commitment
from suppliers.permissions import ADD_COMMITMENT, VIEW_COMMITMENT
from suppliers.views.accounts import visible

from ..models import Subscription
from ..ranking import demand, exposure, hints, lists, offered
from ..ranking.outcome_names import family_of
from ..ranking.parts import PARTS
from ..ranking.weights import current

COMMITMENTS_A_PAGE = 5
EACH = 3
NEXT_DOOR = "less than a mile away"


@login_required
@never_cache
def matches(request):
    """Requests that would close the gaps of the visitor's own commitments."""
    rows = Commitment.objects.of(request.user).left_on(timezone.localdate()).with_balance()
    page = Paginator(rows.order_by("contract", "pk"), COMMITMENTS_A_PAGE).get_page(request.GET.get("page"))
    found = lists.for_commitments(list(page), limit=EACH)
    exposure.shown(match.request.pk for listed in found.values() for match in listed)
    mine = Organisation.objects.of(request.user).order_by("name")
    following = Subscription.objects.running().filter(user=request.user, organisation__isnull=False)
    offering = [] if page.object_list else [each for each in mine if each.is_supplier and each.is_approved]
    context = {
        "offering": [(each, fitting(each)) for each in offering],
        "page": page,
        "rows": [{"commitment": commitment, "matches": found[commitment.pk]} for commitment in page],
        "suppliers": [organisation for organisation in mine if organisation.contracts.exists()],
        "following": {follow.organisation_id for follow in following},
    }
    return render(request, "matching/matches.html", context)


def fitting(organisation):
    """[(card, the words of its offer that a request shares)] of what fits a supplier that has promised nothing."""
    fits = offered.for_supplier(organisation)
    made = cards.of([fit.request for fit in fits], {fit.request: fit.miles for fit in fits if fit.miles is not None}, 3)
    exposure.shown(fit.request for fit in fits)
    return list(zip(made, [", ".join(fit.words) for fit in fits], strict=True))


@login_required
@never_cache
def commitment_matches(request, pk):
    """Every request that fits one commitment, with its reasons and how its score adds up."""
    rows = visible(request.user, Commitment.objects.all(), VIEW_COMMITMENT)
    commitment = get_object_or_404(rows.with_balance().select_related("contract__supplier"), pk=pk)
    own = commitment.contract.supplier_id in access.my_organisations(request.user)
    found = lists.for_commitments([commitment], limit=20)[commitment.pk] if commitment.is_open else []
    exposure.shown(match.request.pk for match in found)
    weights = current()
    context = {
        "commitment": commitment,
        "balance": commitment.balance,
        "matches": [(match, match.sums(weights)) for match in found],
        "own": own,
        "parts": PARTS,
    }
    return render(request, "matching/commitment_matches.html", context)


@login_required
def request_helpers(request, pk):
    """Suppliers likely to help with an own request, and what would reach more of them."""
    shown = access.own_request(request.user, pk)
    found = lists.for_request(shown) if shown.live else []
    by_supplier = {}
    for match in found:
        by_supplier.setdefault(match.commitment.contract.supplier_id, match)
    context = {
        "shown": shown,
        "helpers": [_helper(match) for match in by_supplier.values()],
        "hint": hints.sentence(shown.kind, shown.outcode_id or "", shown.remote, shown.organisation_id),
        "advice": hints.advice(shown) if shown.unit else [],
    }
    return render(request, "matching/request_helpers.html", context)


@dataclass(frozen=True)
class Helper:
    """What a group may know of a likely helper: its name only where it agreed, never what it promised."""

    name: str
    offers: str
    town: str
    miles: int | None
    same_unit: bool

    @property
    def where_words(self):
        near = None
        if self.miles is not None:
            near = f"about {self.miles} mile{'' if self.miles == 1 else 's'} away" if self.miles else NEXT_DOOR
        said = (self.town and f"in {self.town}", near, self.same_unit and "counts as you do")
        return ", ".join(words for words in said if words)


def _helper(match):
    supplier = match.commitment.contract.supplier
    profile = getattr(supplier, "supplier_profile", None)
    shown = profile and profile.shown_to_groups
    return Helper(
        name=supplier.name if shown else "",
        offers=profile.can_offer if shown else "",
        town=supplier.outcode.town if supplier.outcode_id else "",
        miles=None if match.miles is None else round(match.miles),
        same_unit=match.commitment.unit == match.request.unit,
    )


@login_required
@never_cache
def request_hint(request):
    """The live hint while somebody posts, as JSON: how many suppliers could be reached."""
    remote = request.GET.get("remote") in ("True", "true", "on", "1", "yes")
    outcode = None
    if request.GET.get("postcode") and not remote:
        try:
            outcode = outcode_of(clean_postcode(request.GET["postcode"][:20].replace("\0", "")))
        except ValidationError:
            outcode = None
    kind = request.GET.get("kind", "")
    words = [hints.sentence(kind, outcode.code if outcode else "", remote), hints.counted_in(kind, "")]
    return JsonResponse({"hint": " ".join(filter(None, words))})


def needs(request):
    """What local groups need, by outcome: for a business that writes a tender."""
    outcome = asked_for(Outcome.objects.exclude(model__state="draft"), request.GET.get("outcome", ""))
    district = asked_for(District.objects.all(), request.GET.get("district", ""))
    rows = RequestTotals.objects.in_need_on(timezone.localdate())
    if outcome:
        rows = rows.filter(outcome__in=family_of(outcome))
    if district:
        rows = rows.filter(district=district.pk)
    page = Paginator(rows.newest().values_list("request_id", flat=True), 10).get_page(request.GET.get("page"))
    count = page.paginator.count
    said = [f"{count:,} open request{'' if count == 1 else 's'}"]
    context = {
        "caption": ": ".join([*said, ", ".join(str(part) for part in (outcome, district) if part)]).removesuffix(": "),
        "outcome": outcome,
        "may_promise": outcome and request.user.has_perm(ADD_COMMITMENT),
        "district": district,
        "outcomes": Outcome.objects.exclude(model__state="draft")
        .filter(level=Outcome.Level.OUTCOME)
        .select_related("model")
        .order_by("-model__is_councils_own", "-model__valid_from", "position"),
        "districts": District.objects.all(),
        "kinds": demand.by_kind(rows),
        "page": page,
        "cards": cards.of(list(page), level=3),
    }
    return render(request, "matching/needs.html", context)
