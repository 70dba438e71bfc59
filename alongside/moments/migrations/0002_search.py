"""The index of words behind the search: FTS5 on SQLite, a stored vector on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE moments_text USING fts5(title, text, content='moments_moment',"
    " content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER moments_text_insert AFTER INSERT ON moments_moment BEGIN"
    " INSERT INTO moments_text(rowid, title, text) VALUES (new.id, new.title, new.text); END",
    "CREATE TRIGGER moments_text_delete AFTER DELETE ON moments_moment BEGIN"
    " INSERT INTO moments_text(moments_text, rowid, title, text)"
    " VALUES ('delete', old.id, old.title, old.text); END",
    "CREATE TRIGGER moments_text_update AFTER UPDATE OF title, text ON moments_moment BEGIN"
    " INSERT INTO moments_text(moments_text, rowid, title, text)"
    " VALUES ('delete', old.id, old.title, old.text);"
    " INSERT INTO moments_text(rowid, title, text) VALUES (new.id, new.title, new.text); END",
]
SQLITE_BACK = [
    "DROP TRIGGER moments_text_insert",
    "DROP TRIGGER moments_text_delete",
    "DROP TRIGGER moments_text_update",
    "DROP TABLE moments_text",
]
POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    "DROP TEXT SEARCH CONFIGURATION IF EXISTS alongside",
    "CREATE TEXT SEARCH CONFIGURATION alongside (COPY = english)",
    "ALTER TEXT SEARCH CONFIGURATION alongside ALTER MAPPING FOR hword, hword_part, word"
    " WITH unaccent, english_stem",
    "ALTER TABLE moments_moment ADD COLUMN words tsvector GENERATED ALWAYS AS"
    " (to_tsvector('alongside', coalesce(title, '') || ' ' || coalesce(text, ''))) STORED",
    "CREATE INDEX moment_by_words ON moments_moment USING gin (words)",
]
POSTGRESQL_BACK = [
    "ALTER TABLE moments_moment DROP COLUMN words",
    "DROP TEXT SEARCH CONFIGURATION alongside",
]


def run(statements):
    def step(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("moments", "0001_initial")]
    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}),
        )
    ]
