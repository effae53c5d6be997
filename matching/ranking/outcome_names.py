"""Outcomes that are one in other words: tied by the mapping between versions or by the priorities matrix."""

from guidance.models import Mapping, PriorityMark


def families():
    """{outcome id: family}: lines that are tied together share a number."""
    above = {}

    def root(line):
        while above.setdefault(line, line) != line:
            line = above[line]
        return line

    pairs = list(Mapping.objects.filter(relation__in=["same", "split", "merged"]).values_list("source", "target"))
    pairs += list(PriorityMark.objects.values_list("outcome", "priority"))
    for one, other in pairs:
        above[root(one)] = root(other)
    return {line: root(line) for line in above}


def family_of(outcome):
    """Ids of every line tied to this one, itself among them."""
    known = families()
    mine = known.get(outcome.pk)
    return [outcome.pk] if mine is None else [line for line, family in known.items() if family == mine]
