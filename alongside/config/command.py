"""The `alongside` command: a demonstration in one line, and Django's own commands."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

SETTINGS = "alongside.config.settings"
# What people type, and the management command that does it.
OURS = {
    "import": "import_file",
    "send-post": "send_post",
    "move-database": "move_database",
    "subject-access": "subject_access",
}
SECRET = "secret-key"  # noqa: S105


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the command line asks: `demo`, `import FILE`, or any of Django's own commands."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    if asked[:1] == ["demo"]:
        demo(asked[1:])
        return
    prepare()
    if asked:
        asked[0] = OURS.get(asked[0], asked[0])
    django_command(*asked)


def prepare(folder: Path | None = None) -> Path:
    """Say where things are kept, and make the secret key on the first run. Returns the folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    where = Path(os.environ.setdefault("ALONGSIDE_VAR", str(folder or Path.cwd() / "var")))
    where.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not os.environ.get("ALONGSIDE_SECRET_KEY"):
        os.environ["ALONGSIDE_SECRET_KEY"] = secret_in(where)
    return where


def secret_in(folder: Path) -> str:
    """The installation's secret, readable by its owner alone, made when there is none."""
    kept = folder / SECRET
    if not kept.exists():
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept.read_text().strip()


def demo(arguments: Sequence[str]) -> None:
    """Fill a house with invented people and open it in the browser's reach.

    It keeps to a folder of its own (`var/demo`), so that `--reset` cannot reach a real record.
    """
    parser = argparse.ArgumentParser(prog="alongside demo", description=demo.__doc__)
    parser.add_argument("--reset", action="store_true", help="throw the invented people away first")
    parser.add_argument("--port", type=int, default=8000, help="where to answer (8000)")
    parser.add_argument("--no-serve", action="store_true", help="fill the house, do not open it")
    asked = parser.parse_args(arguments)
    os.environ["ALONGSIDE_DEMO"] = "yes"
    folder = Path.cwd() / "var" / "demo"
    if asked.reset:
        forget_everybody(folder)
    os.environ.pop("ALONGSIDE_VAR", None)
    prepare(folder)
    fill()
    if not asked.no_serve:
        serve(asked.port)


def forget_everybody(folder: Path) -> None:
    """Delete the demonstration's own folder. A database elsewhere is not ours to empty."""
    if os.environ.get("ALONGSIDE_DATABASE"):
        sys.exit(
            "A demonstration in a database of your own is not thrown away by this command. "
            "Empty that database yourself, then start again without --reset."
        )
    shutil.rmtree(folder, ignore_errors=True)


def fill() -> None:
    """Bring the database and the assets up to date, and move the invented people in."""
    import django
    from django.core.management import call_command, get_commands

    from alongside.kit import wall

    django.setup()
    with wall.everybody("a demonstration is filled"):
        call_command("migrate", verbosity=0, interactive=False)
        if collected_is_old():
            call_command("collectstatic", verbosity=0, interactive=False)
        if "demo" in get_commands():
            call_command("demo")


def collected_is_old() -> bool:
    """Whether an asset has changed since the assets were last collected."""
    from django.conf import settings

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    made = manifest.stat().st_mtime
    sources = Path(__file__).resolve().parent.parent.glob("*/static/**/*")
    return any(source.stat().st_mtime > made for source in sources if source.is_file())


def serve(port: int) -> None:
    """Become the web server: two workers, one thread each, on this machine only."""
    say(f"Alongside answers at http://127.0.0.1:{port}/ (Ctrl+C stops it)")
    words = "granian --interface wsgi --workers 2 --blocking-threads 1 --log-level warning"
    words += " --respawn-failed-workers --respawn-interval 0.5"  # one that dies is replaced
    where = ["--host", "127.0.0.1", "--port", str(port), "alongside.config.wsgi:application"]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", *words.split(), *where])  # noqa: S606


def django_command(*words: str) -> None:
    from django.core.management import execute_from_command_line

    from alongside.kit import wall

    # Whoever types commands keeps the server: the night, backups and migrations are about all.
    with wall.everybody("a command"):
        execute_from_command_line(["alongside", *words])


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


if __name__ == "__main__":
    main()
