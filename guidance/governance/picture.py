"""Who is responsible, drawn: groups on top, the roles that sit in them, and how many pages each role keeps."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

WIDTH, COLUMN, ROW, TOP = 960, 300, 46, 64


def draw(groups, roles):
    """SVG of [GovernanceGroup] and [RoleRow]: a line from each group to each role in it, a bar for its pages.

    The same facts stand in the table beside it, so that nothing is told by the picture alone.
    """
    shown = [row for row in roles if row.owned or row.groups]
    height = TOP + ROW * max(len(shown), 1) + 20
    most = max([len(row.owned) for row in shown] + [1])
    gap = height / (len(groups) + 1)
    places = {group.pk: gap * (n + 1) for n, group in enumerate(groups)}
    drawn, lines = [], []
    for n, row in enumerate(shown):
        y = TOP + ROW * n
        drawn.append(
            {
                "y": y,
                "text_y": y + 21,
                "title": short(row.role.title, 24 if row.holder is None else 34),
                "vacant": row.holder is None,
                "bar": round(len(row.owned) / most * 190),
                "pages": len(row.owned),
                "number_x": 700 + round(len(row.owned) / most * 190),
            }
        )
        lines += [(places[group.pk], y + 16) for group in row.groups if group.pk in places]
    boxes = [
        {
            "y": places[group.pk] - 26,
            "lines": [(line, places[group.pk] + y) for line, y in zip(two_lines(group.name), (-5, 16), strict=False)],
        }
        for group in groups
    ]
    context = {"width": WIDTH, "height": round(height), "boxes": boxes, "rows": drawn, "lines": lines}
    return mark_safe(render_to_string("guidance/_responsible_picture.svg", context))


def two_lines(name):
    """A name broken at the space nearest its middle; one line where it is short."""
    if len(name) <= 22 or " " not in name:
        return [short(name, 26)]
    middle = min((i for i, letter in enumerate(name) if letter == " "), key=lambda i: abs(i - len(name) / 2))
    return [short(name[:middle], 26), short(name[middle + 1 :], 26)]


def short(text, length):
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
