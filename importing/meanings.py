"""Which field each column is: by the words of its heading and by what stands in it, weighed together.

A column is used where words and cells agree, or the words are known and the cells don't contradict. Where they
disagree, or two columns are as likely, it is asked about; the answer stands before any guess.
"""

from dataclasses import dataclass, field

from . import profiles
from .cells import is_filled
from .headings import by_words, heading_key, heading_words, one_line

SURE = 0.85  # from here a column is used
LIKELY = 0.5  # from here it is asked about
AGREES, CONTRADICTS = 0.1, -0.45


@dataclass
class Matched:
    """`columns` is {field name: column index}, `sure` {field name: how likely} of those nobody said; `unsure`
    [(heading, field name, confidence)]; `rivals` [(field name, [headings])] of which nobody can say which is meant;
    `unused` [headings].
    """

    columns: dict = field(default_factory=dict)
    sure: dict = field(default_factory=dict)
    unsure: list = field(default_factory=list)
    rivals: list = field(default_factory=list)
    unused: list = field(default_factory=list)


def match(headings, cells_under, fields, mapping):
    """The Matched of a row of headings; `cells_under(index)` gives a column's cells.

    `mapping` ({heading: field name, "" to leave out}) decides before any guess.
    """
    decided = said_of(headings, mapping)
    found = Matched()
    for name in dict.fromkeys(filter(None, decided.values())):
        said = [index for index, other in decided.items() if other == name]
        if len(said) == 1:
            found.columns[name] = said[0]
        else:
            found.rivals.append((name, [headings[index] for index in said]))
    free = [index for index, heading in enumerate(headings) if heading and index not in decided]
    scores = weigh(headings, free, cells_under, [each for each in fields if each.name not in decided.values()])
    taken = assign(scores, headings, cells_under, found)
    asked = {}
    for index in free:
        if index in taken:
            continue
        likely = {name: score for (at, name), score in scores.items() if at == index and name not in found.columns}
        name = max(likely, key=likely.get, default=None)
        if name and likely[name] >= LIKELY:
            asked.setdefault(name, []).append((likely[name], index))
        else:
            found.unused.append(headings[index])
    for name, columns in asked.items():
        columns.sort(reverse=True)
        found.unsure += [(headings[index], name, round(score, 2)) for score, index in columns[:1]]
        found.unused += [headings[index] for _, index in columns[1:]]
    return found


def said_of(headings, mapping):
    """{column index: field name, "" to leave out} of what somebody said of headings.

    Meant is the heading with all of its words; without what stands in brackets only where one column has the rest.
    """
    keys, words = [heading_key(each) for each in headings], [heading_words(each) for each in headings]
    decided = {}
    for heading, name in mapping.items():
        said = heading_key(heading) or one_line(heading)  # of signs alone there are no words
        places = [at for at, text in enumerate(headings) if text and said == (keys[at] or one_line(text))]
        if not places and heading_words(heading) and words.count(heading_words(heading)) == 1:
            places = [words.index(heading_words(heading))]
        decided |= dict.fromkeys(places[:1], name)
    return decided


def weigh(headings, free, cells_under, fields):
    """{(column index, field name): how likely}, those that are not likely at all left out."""
    scores, known = {}, {}
    for index in free:
        cells = cells_under(index)
        is_empty = bool(cells) and not any(map(is_filled, cells))
        for each in fields:
            score = by_words(headings[index], each)
            if not score or (is_empty and score < 1):  # an empty column is what its own words say, or nothing
                continue
            if each.holds:
                if index not in known:
                    known[index] = profiles.of(cells)
                fit = profiles.fits(known[index], each.holds)
                score += AGREES * (fit > 0 and score < 1) + CONTRADICTS * (fit < 0)
            scores[index, each.name] = min(score, 1)
    return scores


def assign(scores, headings, cells_under, found):
    """Give each field its surest column; the indexes that were taken, or that nobody can tell apart."""
    taken, words = set(found.columns.values()), [heading_words(each) for each in headings]
    sure = sorted((pair for pair in scores if scores[pair] >= SURE), key=lambda p: (-scores[p], p[0]))
    for index, name in sure:
        if index in taken or name in found.columns or any(name == rival for rival, _ in found.rivals):
            continue
        score = scores[index, name]
        alike = [
            at for at, other in sure
            if other == name and at not in (index, *taken) and abs(scores[at, name] - score) < 0.001
            and not (words[at] == words[index] and says_the_same(cells_under(at), cells_under(index)))
        ]  # fmt: skip
        if alike:
            index, others = prefer([index, *alike], headings)
            others = without_another_field([index, *others], name, scores, found) if others else []
            if len(others) == 1:
                index, others = others[0], []
            if others:
                found.rivals.append((name, [headings[at] for at in others]))
                taken |= set(others)
                continue
        found.columns[name], found.sure[name] = index, scores[index, name]
        taken.add(index)
    return taken


def says_the_same(cells, others):
    """Whether a column that is there twice is the same, or empty, the second time."""
    return cells == others or not any(map(is_filled, cells))


def without_another_field(indexes, name, scores, found):
    """Those of some columns that are as likely no other field, where only one is; else all of them: the heading "Social
    value (£)" speaks of what was recorded and of its pounds, "Social value" beside it of what was recorded alone.
    """
    bound = [
        at for at in indexes
        if not any(
            here == at and other != name and other not in found.columns and score >= scores[at, name] - 0.001
            for (here, other), score in scores.items()
        )
    ]  # fmt: skip
    return bound if len(bound) == 1 else indexes


def prefer(indexes, headings):
    """(the column that names the contract itself, []), or (the first, the others) where that tells nothing."""
    exact = [at for at in indexes if {"contract", "agreement"} & set(heading_words(headings[at]).split())]
    if len(exact) == 1:
        return exact[0], []
    return indexes[0], indexes[1:]
