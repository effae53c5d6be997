"""Full-text index of public requests: one table, kept on publication, stemmed alike on both databases.

PostgreSQL: a tsvector with a GIN index, weighted title first. SQLite: an FTS5 table with the Porter stemmer.
Wagtail's own index ranks by a correlated subquery on SQLite, which takes seconds at 5,000 rows; see
docs/decisions/0004-search-index.md.
"""

import re

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

TABLE = "requests_app_text"
# PostgreSQL's English configuration drops these; SQLite must be told. The shortest common ones suffice.
STOP_WORDS = frozenset(
    "a an and are as at be but by for from has have i if in into is it its of on or our so that the their them "
    "they this to us was we were will with you your".split()
)
SQL = {
    "postgresql": [
        f"CREATE TABLE {TABLE} (request_id bigint PRIMARY KEY REFERENCES requests_app_request(id) "
        "ON DELETE CASCADE, vector tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_gin ON {TABLE} USING gin (vector)",
    ],
    "sqlite": [
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(title, body, tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {TABLE}_gone AFTER DELETE ON requests_app_request "  # noqa: S608 - a constant
        f"BEGIN DELETE FROM {TABLE} WHERE rowid = old.id; END",
    ],
}


def is_postgresql():
    return connection.vendor == "postgresql"


def text_of(request):
    """(title, everything else worth finding) of a request."""
    more = [
        request.description,
        request.beneficiaries,
        request.theme,
        request.unit_words,
        request.place_words,
    ]
    return request.title, "\n".join([*filter(None, more), str(request.organisation)])


def write(request):
    """Put one public request into the index, or its newer words in place of the old."""
    write_all([request])


def write_all(requests):
    """As `write`, for many at once."""
    rows = [(request.pk, *text_of(request)) for request in requests]
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.executemany(
                f"INSERT INTO {TABLE} VALUES (%s, setweight(to_tsvector('english', %s), 'A') || "  # noqa: S608
                "to_tsvector('english', %s)) ON CONFLICT (request_id) DO UPDATE SET vector = excluded.vector",
                rows,
            )
        else:
            cursor.executemany(
                f"INSERT OR REPLACE INTO {TABLE} (rowid, title, body) VALUES (%s, %s, %s)",  # noqa: S608
                rows,
            )


def words_of(text):
    """The words people typed that can be searched for: letters and digits, no stop words, at most 12."""
    words = re.findall(r"[^\W_]+", str(text or "").replace("\0", " ").lower())
    return [word for word in words if word not in STOP_WORDS][:12]


def _query(words):
    if is_postgresql():
        return "vector @@ plainto_tsquery('english', %s)", " ".join(words)
    return f"{TABLE} MATCH %s", " ".join(f'"{word}"' for word in words)


def count_up_to(words, limit):
    """How many indexed requests hold all the words, counted no further than `limit`."""
    condition, value = _query(words)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {TABLE} WHERE {condition} LIMIT %s) found",  # noqa: S608
            [value, limit],
        )
        return cursor.fetchone()[0]


def narrow(rows, words, common):
    """RequestTotals rows whose request holds all the words.

    A rare word starts from the index; a common one is checked row by row along the order asked for, so that a
    page of results costs the same however many there are.
    """
    condition, value = _query(words)
    key = "request_id" if is_postgresql() else "rowid"
    if not common:
        return rows.filter(request__in=RawSQL(f"SELECT {key} FROM {TABLE} WHERE {condition}", [value]))  # noqa: S608, S611
    return rows.filter(
        RawSQL(  # noqa: S611 - table names are constants, the words are a parameter
            f"EXISTS (SELECT 1 FROM {TABLE} WHERE {TABLE}.{key} = requests_app_requesttotals.request_id "  # noqa: S608
            f"AND {condition})",
            [value],
            output_field=BooleanField(),
        )
    )
