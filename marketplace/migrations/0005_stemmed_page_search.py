from django.db import migrations

TABLE = "wagtailsearch_indexentry"


def rebuild(tokenize):
    def run(apps, schema_editor):
        """Wagtail's own full-text table on SQLite knows no stems: make it again with the Porter stemmer."""
        if schema_editor.connection.vendor != "sqlite":
            return
        schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}_fts")
        schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE}_fts USING fts5(autocomplete, body, title{tokenize})")
        schema_editor.execute(
            f"INSERT INTO {TABLE}_fts(rowid, title, body, autocomplete) SELECT id, title, body, autocomplete FROM {TABLE}"
        )

    return run


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0004_home_page_keepers"), ("wagtailsearch", "0010_add_text_fields")]
    operations = [
        migrations.RunPython(rebuild(", tokenize='porter unicode61 remove_diacritics 2'"), rebuild("")),
    ]
