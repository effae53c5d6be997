"""The same organisation twice: noticed while its name is typed, asked about at sign-up, shown to who decides.

Whoever signs up is told of approved organisations only: who else has signed up is nobody's business.
"""

from django.db import models
from rapidfuzz import fuzz, process, utils

from .models import Organisation
from .registration import clean_company_number, clean_number

ALIKE = 88  # of 100: names that differ by a word like "the" or by a letter
LOOKED_UP = 72  # what is typed to look one up is shorter than the name, and has slips


def alike(organisation, rows=None, most=5):
    """[Organisation] of `rows` (all) that may be the same one: a number of a register, or nearly the same name."""
    numbers = models.Q()
    for name in ("charity_number", "company_number"):
        if number := getattr(organisation, name):
            numbers |= models.Q(**{name: number})
    rows = Organisation.objects.all() if rows is None else rows
    others = rows.filter(merged_into=None).exclude(pk=organisation.pk)
    names = dict(others.values_list("pk", "name"))
    near = process.extract(
        organisation.name, names, scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=ALIKE
    )
    found = {number for _, _, number in near} | set(
        others.filter(numbers).values_list("pk", flat=True) if numbers else ()
    )
    return list(others.filter(pk__in=found).select_related("district").order_by("name")[:most])


def told_of(organisation):
    """[Organisation] that somebody who signs `organisation` up is asked about: is it one of these?"""
    return alike(organisation, Organisation.objects.approved())


def typed(name, charity_number="", company_number=""):
    """[Organisation] that may be meant by what was typed so far into a form of sign-up."""
    return told_of(
        Organisation(
            name=name.strip(),
            charity_number=clean_number(charity_number),
            company_number=clean_company_number(company_number),
        )
    )


def looked_up(words, most=20):
    """Approved organisations whose name holds what was typed, or nearly: slips are forgiven."""
    rows = Organisation.objects.approved()
    names = dict(rows.values_list("pk", "name"))
    near = process.extract(
        words, names, scorer=fuzz.partial_token_sort_ratio, processor=utils.default_process,
        score_cutoff=LOOKED_UP, limit=most,
    )  # fmt: skip
    holding = [number for number, name in names.items() if words.casefold() in name.casefold()]
    order = list(dict.fromkeys([*holding, *(number for _, _, number in near)]))[:most]
    found = rows.select_related("district").in_bulk(order)
    return [found[number] for number in order]
