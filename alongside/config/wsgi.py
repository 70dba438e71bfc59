"""The door for a WSGI server. It opens only when every check has been passed."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
application = get_wsgi_application()

from alongside.config.checks import refuse_to_open  # noqa: E402

refuse_to_open()
