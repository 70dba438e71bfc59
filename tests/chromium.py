"""Finds the machine's Chromium, and installs Debian's when it may."""

from __future__ import annotations

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def chromium() -> str | None:
    """Where a browser is: `CHROMIUM` in the environment, or the first that is on the path."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def fetch_chromium() -> str | None:
    """Install Debian's Chromium when running as root on a machine with apt."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quietly = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
    for words in (
        ["update", "-qq"],
        ["install", "-qq", "-y", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(
            ["apt-get", *words], env=quietly, check=False, stdout=subprocess.DEVNULL, timeout=600
        )
    return chromium()
