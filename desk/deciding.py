"""What every page on which somebody decides shares: its place in the queue, who has the case, who looks at it now."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone

from . import queues
from .models import Holding

LOOKING_SECONDS, MOST_SAID = 180, 5


def context(request, name, pk):
    """Context of a decision page about row `pk` of the queue `name`."""
    place = queues.place(name, request.user, pk)
    return {
        "place": place,
        "holding": holding(name, pk),
        "looking": looking(name, pk, request.user) if request.method == "GET" else [],
        "colleagues": get_user_model().objects.who_may(place.queue.right).exclude(pk=request.user.pk).order_by("name"),
        "cases_held": held(name),
    }


def listed(user, name):
    """Context of a queue's own page: its cases with who has each."""
    queue, people = queues.QUEUES[name], held(name)
    return {"queue": queue, "cases": [(case, people.get(case.pk)) for case in queue.of(user)]}


def one_by_one(request, rows, act, say):
    """Carry out `act(row)` for each by itself: what one of them refuses leaves the others done, and is said.

    `say(count)` gives the words for those that were done.
    """
    done, refused = 0, []
    for row in rows:
        try:
            act(row)
            done += 1
        except ValidationError as error:
            refused.append(f"{row}: {' '.join(error.messages)}")
    if done:
        messages.success(request, say(done))
    for words in refused[:MOST_SAID]:
        messages.error(request, words)
    if len(refused) > MOST_SAID:
        messages.error(request, f"And {len(refused) - MOST_SAID} more were refused.")


def go_on(request, place):
    """From a decided case, which nobody has any more, to the next in the queue, or to its list if that was pressed."""
    if place.case:
        give_back(place.queue.name, place.case.pk)
    return redirect(queues.onward(place, stop="stop" in request.POST))


def holding(name, pk):
    return Holding.objects.filter(queue=name, number=pk, user__is_active=True).select_related("user").first()


def held(name):
    """{number of a row: the person who has it} of a queue."""
    rows = Holding.objects.filter(queue=name, user__is_active=True).select_related("user")
    return {row.number: row.user for row in rows}


@transaction.atomic
def take(name, pk, *, to, by):
    """Give a case to somebody who may decide it, whoever had it before."""
    queue = queues.QUEUES[name]
    if not to.has_perm(queue.right) or pk not in [case.pk for case in queue.of(to)]:
        raise ValidationError(f"{to} can’t decide this. Choose somebody else.")
    Holding.objects.update_or_create(queue=name, number=pk, defaults={"user": to, "by": by, "at": timezone.now()})


def give_back(name, pk):
    """Nobody has the case any more; it stays in the queue."""
    Holding.objects.filter(queue=name, number=pk).delete()


def looking(name, pk, user):
    """Names of others who opened this case in the last minutes; that `user` looks at it now is noted for them."""
    key, now = f"looking-{name}-{pk}", timezone.now().timestamp()
    seen = {who: at for who, at in (cache.get(key) or {}).items() if now - at[1] < LOOKING_SECONDS}
    others = [words for who, (words, _) in seen.items() if who != user.pk]
    cache.set(key, seen | {user.pk: (str(user), now)}, LOOKING_SECONDS)
    return others
