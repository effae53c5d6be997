"""The cache that limits are counted in: shared by all hosts, and nothing in it goes before its time.

Django's own throws a third of its rows away, whatever they are, as soon as it holds 300: whoever makes enough new
keys pushed the counters of sign-in out of it. Here only what has run out is thrown away.
"""

from django.core.cache.backends.db import DatabaseCache
from django.db import connections


class LimitsCache(DatabaseCache):
    def _cull(self, db, cursor, now, num):
        operations = connections[db].ops
        table, expires = operations.quote_name(self._table), operations.quote_name("expires")
        statement = f"DELETE FROM {table} WHERE {expires} < %s"  # noqa: S608 - names of a table of ours
        cursor.execute(statement, [operations.adapt_datetimefield_value(now)])
