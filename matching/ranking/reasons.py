"""Why a request fits a commitment, in words that its reader can check."""

from django.utils import timezone

from requests_app.models import Request

SURE = 0.6
SOON_DAYS = 45


def reasons(match, words):
    """Short sentences without full stops, the weightiest first; `words` is the vocabulary in force."""
    commitment, request = match.commitment, match.request
    found = []
    need = spoken(request, words)
    if need:
        found.append(
            f"asks for {need}, which your commitment covers" if match.parts["need"] >= SURE else f"asks for {need}"
        )
    if match.closes is not None:
        found.append(f"counts as {commitment.say(match.closes)}{_measure(commitment)}")
        if match.closes_share >= 0.995:
            found.append("closes all of your gap")
        elif match.closes_share >= 0.01:
            found.append(f"closes {match.closes_share:.0%} of your gap")
    else:
        found.append(
            f"counted in {request.get_unit_display()}: what it counts for is agreed with your contract manager"
        )
    found += [words for words in (_place(match), when(request.needed_by), _checks(request)) if words]
    if match.parts["unanswered"]:
        found.append("nobody has answered yet")
    if match.parts["small"]:
        found.append("from a small group, or one new to this")
    if match.parts["outcome"] == 1:
        found.append("serves the same outcome")
    return found


def _measure(commitment):
    return f" towards “{commitment.measure}”" if commitment.measure else ""


def spoken(request, words):
    """The need of the vocabulary that a request's own words speak of most plainly, in lower case, or ""."""
    found = words.read(f"{request.title} . {request.title} . {request.description}")
    plain = {n: strength for n, strength in found.items() if strength >= 1 and is_named(words, n)}
    if not plain:
        return ""
    name = words.names[max(sorted(plain), key=plain.get)]
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def is_named(words, number):
    """Whether a need says something to its reader: no catch-all, and not the firm's own measure."""
    return words.kinds[number] != "none" and not words.codes[number].startswith("general-")


def _place(match):
    if match.request.remote:
        return "can be given from anywhere"
    if match.miles is None:
        return ""
    miles = round(match.miles)
    return f"{miles or 'less than 1'} mile{'' if miles <= 1 else 's'} from {match.from_words}"


def when(day):
    """ "needed in three weeks", or "" where it has time."""
    if not day:
        return ""
    days = (day - timezone.localdate()).days
    if days < 0 or days > SOON_DAYS:
        return ""
    if days < 2:
        return "needed today" if days == 0 else "needed tomorrow"
    if days < 14:
        return f"needed in {days} days"
    return f"needed in {['two', 'three', 'four', 'five', 'six'][round(days / 7) - 2]} weeks"


def _checks(request):
    if request.dbs in (Request.DBS.NONE, Request.DBS.ASK):
        return ""
    return f"helpers need a DBS check: {request.get_dbs_display().lower()}"
