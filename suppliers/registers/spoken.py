"""Which words of a heading speak of which field of the contract register.

After the Local Government Transparency Code 2015, the LGA's contracts schema, the headings of Contracts Finder and
ProContract, and registers as councils publish them.
"""

from importing.headings import Says


def says(any_of, never="", both="", better="contract agreement"):
    return Says(*(frozenset(words.split()) for words in (any_of, never, both, better)))


OTHERS = "notice tender published publication advert submission clarification invitation"
SPOKEN = {
    "reference": says(
        "reference ref number no id identifier code",
        "tender published publication advert submission clarification invitation classification parent scheme buyer "
        "company registration reg charity vat cpv postcode phone telephone plan pm3 lot lots organisation "
        "supplier vendor contractor provider ocid ocds uri url budget cost account po purchase invoice category email "
        "employees bids tenders how times extensions framework",
    ),
    "title": says(
        "title name subject",
        "supplier contractor provider vendor company organisation department directorate council authority officer "
        "contact manager file sheet buyer service team trading legal lot sector owner category lead person",
    ),
    "description": says(
        "description details summary purpose scope specification", "cpv process sme extension classification"
    ),
    "supplier_name": says(
        "supplier contractor provider vendor company recipient beneficiary payee awardee",
        "number no reg registration address postcode type email phone id sme vcse status ref reference website sub "
        "size contact count how social tel telephone category local location",
    ),
    "value_gbp": says(
        "value val amount amt sum cost price spend worth",
        f"{OTHERS} annual annually yearly year per pa vat variation date saving savings additional extension "
        "extensions original band range social daily rate threshold invoiced paid type currency code centre",
        better="contract total whole life lifetime",
    ),
    "start": says(
        "start starts starting commencement commences commence begin begins beginning effective from",
        f"{OTHERS} extension extensions option review procurement financial time",
    ),
    "end": says(
        "end ends ending expiry expires expire expiration finish finishes completion termination until cessation to",
        f"{OTHERS} extension extensions extended option options review latest maximum max potential possible closing "
        "break including incl inc financial time awarded plus",
    ),
    "award_date": says("award awarded signed signature approved", "to supplier value", both="date on day"),
    "review_date": says("review", "reviewed by", both="date on next due"),
    "buyer": says(
        "department directorate buyer authority council division organisation service team unit",
        "supplier provider title number type contact postcode level vcse voluntary code id email locality scheme "
        "address town region",
    ),
    "company_number": says("company companies", "name", both="number no registration reg"),
    "sme": says("sme smes", "suitable suitability"),  # whether a tender suits them is no word on who won it
    "vcse": says("vcse vcs voluntary", "suitable suitability"),
}
COUNTED = "delivered confirmed verified actual achieved reported remaining outstanding baseline previous proxy"
PROMISED = {  # of a list of commitments
    "external_reference": says(
        "reference ref no id identifier code",
        "contract agreement supplier company charity tender lot po project plan pm3 outcome model measure metric "
        f"indicator title name unit theme category area place many {COUNTED}",
        better="commitment promise pledge",
    ),
    "wording": says(
        "commitment promise pledge wording text description detail obligation initiative offer",
        "id ref reference no number date day start end type category theme unit quantity qty target amount status "
        f"supplier contract area place location value owner lead evidence how many note comment {COUNTED}",
        better="wording text description",
    ),
    "unit_words": says("unit uom measured counted", f"price cost value business quantity ref {COUNTED}", better="of"),
    "theme": says("theme category priority pillar", "supplier contract spend number id ref"),
    "delivery_area": says("area place location where district borough ward locality", "supplier address email lead"),
    "measure": says("measure metric indicator kpi toms", f"unit value date {COUNTED}"),
    "contract_reference": says(
        "contract agreement", "title name value start end manager supplier date type", both="id ref reference no code"
    ),
}
