"""The floor's door: Django and nothing else, without the checks of the house."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
