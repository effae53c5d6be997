"""The demo's alerts, judgements and first proposal; matches themselves a worker works out when the site starts."""

from matching.alerts import subscriptions
from matching.allocation import proposals
from matching.allocation.wanted import Wanted
from matching.ranking import judging
from requests_app.models import Request, RequestTotals
from suppliers.models import Commitment

FITS, PARTLY = 2, 1
JUDGED = {
    "IT help and websites for small charities": {
        "A website that works on a phone": FITS,
        "Laptops for the job club": PARTLY,
    },
    "Good furniture and kitchen equipment, donated": {
        "Stacking chairs": FITS,
        "A fridge-freezer for the pantry": FITS,
        "Desks for homework club": FITS,
    },
    "Befriending calls by trained staff": {"Befriending calls through the winter": FITS},
    "Laptops wiped, refurbished and given away": {"Laptops for the job club": FITS},
    "Professional help without charge for local groups": {
        "Somebody to look at our accounts": FITS,
        "Employment policies for two staff": FITS,
        "A lease to be read before we sign": FITS,
        "Bid writing, once, side by side": PARTLY,
    },
    "Outdoor team days with tools and a supervisor": {
        "Clear the garden before spring": FITS,
        "A team day on the river bank": FITS,
        "Plant a hedge of 300 whips": FITS,
        "Paint our hall": PARTLY,
    },
    "Compost for community gardens": {"Topsoil and compost": FITS, "Raised beds and compost": PARTLY},
    "Free trips for groups without a vehicle": {"Minibus and driver for three trips": FITS},
}
"""What a broker made of some of the pairs: {wording of a commitment: {title of a need: grade}}; others do not fit."""


def make_matching(staff, today):
    """Alerts for two people, what the broker judged, and a proposal that the worker makes first."""
    sam, alice, cara = staff["sam"], staff["alice"], staff["cara"]
    supplier = sam.memberships.select_related("organisation").first().organisation
    subscriptions.follow_matches(supplier, "daily", by=sam)
    subscriptions.save_search({"kind": "goods", "q": "laptop"}, "weekly", by=alice)
    for wording, grades in JUDGED.items():
        commitment = Commitment.objects.filter(wording=wording).order_by("pk").first()
        for title, grade in grades.items():
            rows = RequestTotals.objects.in_need_on(today.date()).filter(request__title__startswith=title)
            request = Request.objects.filter(totals__in=rows).order_by("pk").first()
            if commitment and request:
                judging.judge(commitment, request, grade, by=cara)
    proposals.ask(Wanted(), by=cara)
