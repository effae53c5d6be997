"""Figures of one version read in another, through the mapping, with everything that can't be read named."""

from collections import defaultdict
from dataclasses import dataclass, field

from ..models import Mapping, Outcome, SocialValueModel


@dataclass
class Reading:
    """Amounts in the lines of one version, and the amounts that have no line there.

    `amounts` is {line id: {key: Decimal}}; `left_out` is [(line, reason, {key: Decimal})]; `read_through` says
    whether any amount came through a mapping. For every key the two add up to what was given.
    """

    amounts: dict = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    left_out: list = field(default_factory=list)
    read_through: bool = False


def chain(model):
    """[SocialValueModel] from the oldest version of this family to its newest."""
    links = dict(SocialValueModel.objects.values_list("pk", "previous_id"))
    nexts = {previous: pk for pk, previous in links.items() if previous}
    first = model.pk
    seen = {first}
    while links.get(first) and links[first] not in seen:
        first = links[first]
        seen.add(first)
    ids = [first]
    while ids[-1] in nexts and nexts[ids[-1]] not in ids:
        ids.append(nexts[ids[-1]])
    found = SocialValueModel.objects.in_bulk(ids)
    return [found[pk] for pk in ids]


def read(amounts, target):
    """A Reading of `amounts`, {line id: {key: Decimal}}, in the lines of the version `target`.

    Forward, a split line goes by its shares; the last share takes the remainder, so that nothing is lost in
    rounding. Backward, a line that several were merged into can't be divided and is left out with that reason.
    """
    reading = Reading()
    places = {model.pk: place for place, model in enumerate(chain(target))}
    lines = Outcome.objects.select_related("model").in_bulk(list(amounts))
    forward, backward = _mappings(places)
    for pk, given in amounts.items():
        line = lines[pk]
        if line.model_id not in places:
            reading.left_out.append((line, f"{line.model} is not a version of this model", dict(given)))
            continue
        _walk(reading, line, dict(given), places, places[target.pk], forward, backward, line)
    return reading


def _mappings(places):
    forward, backward = defaultdict(list), defaultdict(list)
    for row in Mapping.objects.filter(source__model__in=places).select_related("source", "target__model"):
        forward[row.source_id].append(row)
        if row.target_id:
            backward[row.target_id].append(row)
    return forward, backward


def _walk(reading, line, given, places, goal, forward, backward, origin):
    here = places[line.model_id]
    if here == goal:
        for key, amount in given.items():
            reading.amounts[line.pk][key] += amount
        return
    reading.read_through = True
    if here < goal:
        rows = [row for row in forward[line.pk] if row.target_id]
        if not rows:
            reading.left_out.append((origin, "No line of the later version takes it up", given))
            return
        rest = dict(given)
        for row in rows[:-1]:
            part = {key: amount * row.share / 100 for key, amount in given.items()}
            rest = {key: rest[key] - part[key] for key in rest}
            _walk(reading, row.target, part, places, goal, forward, backward, origin)
        _walk(reading, rows[-1].target, rest, places, goal, forward, backward, origin)
        return
    rows = backward[line.pk]
    if not rows:
        reading.left_out.append((origin, "It is new: the earlier version has no line for it", given))
    elif len(rows) > 1:
        reading.left_out.append((origin, "Several lines of the earlier version were merged into it", given))
    else:
        _walk(reading, rows[0].source, given, places, goal, forward, backward, origin)
