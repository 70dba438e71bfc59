"""What the settings need before any test is read, so that `pytest` alone is enough."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("ALONGSIDE_SECRET_KEY", "for tests only, and never anywhere else at all")
if "ALONGSIDE_VAR" not in os.environ:
    os.environ["ALONGSIDE_VAR"] = tempfile.mkdtemp(prefix="alongside-test-")
    atexit.register(shutil.rmtree, os.environ["ALONGSIDE_VAR"], ignore_errors=True)
