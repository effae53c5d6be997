"""A quotation mark in a search of the staff admin.

On SQLite the search library puts each word between quotation marks and leaves one that was typed as it is, which its
full-text index can't read: searching for Children's "M&S" was an error page. The index wants such a mark doubled.
"""

from django.db import connection


def mend_quotes():
    if connection.vendor != "sqlite":
        return
    from modelsearch.backends.database.sqlite.query import Lexeme

    as_sql = Lexeme.as_sql

    def with_doubled_quotes(self, compiler, connection):
        template, parameters = as_sql(self, compiler, connection)
        return template, [words.replace('"', '""') for words in parameters]

    Lexeme.as_sql = with_doubled_quotes
