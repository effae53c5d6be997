"""Why a request fits a commitment, in words that its reader can check."""

from django.utils import timezone

from requests_app.models import Request

SOON_DAYS = 45
GENERAL, NO_HELP = "general-", "none"
FULL_SHARE = 0.9  # editors say that what is offered counts as what is needed, or nearly


def reasons(match, words):
    """Short sentences without full stops, the weightiest first; `words` is the vocabulary in force."""
    request = match.request
    found = [*_what(match, words), *_counts(match)]
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


def _what(match, words):
    """What is asked for and offered, where the words of both say so; nothing where that is not sure."""
    need = shared(match.request, match.commitment, words) if match.is_sure else ""
    return [f"asks for {need}, which your commitment covers"] if need else []


def _counts(match):
    """What a pair counts for, where it is sure."""
    commitment, request = match.commitment, match.request
    if match.closes is None:
        return [f"counted in {request.get_unit_display()}: what it counts for is agreed with your contract manager"]
    if not match.is_sure:
        return []
    found = [f"counts as {commitment.say(match.closes)}{_measure(commitment)}"]
    if match.closes_share >= 0.995:
        found.append("closes all of your gap")
    elif match.closes_share >= 0.01:
        found.append(f"closes {match.closes_share:.0%} of your gap")
    return found


def plain_needs(words, *texts):
    """{number of a need: strength} of the vocabulary's needs that texts speak of plainly."""
    found = words.read(" . ".join(texts))
    return {n: strength for n, strength in found.items() if strength >= 1 and words.kinds[n] != NO_HELP}


def offered(commitment, words):
    return plain_needs(words, commitment.wording, commitment.wording, commitment.measure)


def shared(request, commitment, words):
    """The need that a request and a commitment both speak of most plainly, in lower case, or "".

    A commitment covers what it names, and what editors say that counts as.
    """
    asked = plain_needs(words, request.title, request.title, request.description)
    covered = set(offers := offered(commitment, words))
    for offer in offers:
        covered |= {need for need, share in words.shares.get(offer, {}).items() if share >= FULL_SHARE}
    both = {need for need in asked.keys() & covered if is_named(words, need)}
    if not both:
        return ""
    name = words.names[max(sorted(both), key=asked.get)]
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def is_named(words, number):
    """Whether a need says something to its reader: no catch-all, and not the firm's own measure."""
    return words.kinds[number] != NO_HELP and not words.codes[number].startswith(GENERAL)


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
