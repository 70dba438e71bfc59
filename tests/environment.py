"""What the settings need before any test is read, so that `pytest` alone is enough."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("ALONGSIDE_SECRET_KEY", "for tests only, and never anywhere else at all")
os.environ.setdefault("ALONGSIDE_VAR", tempfile.mkdtemp(prefix="alongside-test-"))
