"""Counting reads: no cookie, no address, a number a page and day. Kept in the worker and written once a minute."""

import atexit
import contextlib
import re
import threading
import time
from collections import Counter

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from ..models import PageReads

FLUSH_SECONDS, FLUSH_READS = 60, 500
ROBOT = re.compile(r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python", re.IGNORECASE)

_lock = threading.Lock()
_reads = Counter()
_flushed_at = time.monotonic()


def count(page_id, user_agent=""):
    """One more read of a page today, unless a machine says it is one."""
    global _flushed_at
    if ROBOT.search(user_agent):
        return
    with _lock:
        _reads[page_id, timezone.localdate()] += 1
        due = time.monotonic() - _flushed_at > FLUSH_SECONDS or sum(_reads.values()) >= FLUSH_READS
        if due:
            _flushed_at = time.monotonic()
    if due:
        with contextlib.suppress(DatabaseError):  # a count is never worth a reader's page
            flush()


def flush():
    """Write what was counted since the last time. A page that is gone by now is left out."""
    with _lock:
        waiting = dict(_reads)
        _reads.clear()
    there = set(Page.objects.filter(pk__in={page_id for page_id, _ in waiting}).values_list("pk", flat=True))
    for (page_id, day), reads in waiting.items():
        if page_id not in there:
            continue
        with contextlib.suppress(DatabaseError), transaction.atomic():
            PageReads.objects.bulk_create([PageReads(page_id=page_id, day=day)], ignore_conflicts=True)
            PageReads.objects.filter(page_id=page_id, day=day).update(reads=F("reads") + reads)


def _last_flush():
    if _reads:
        with contextlib.suppress(Exception):
            flush()
            connection.close()


atexit.register(_last_flush)
