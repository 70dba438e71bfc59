from django.apps import AppConfig
from django.conf import settings

from alongside.practice.pack import read_over


class ConfigConfig(AppConfig):
    name = "alongside.config"

    def ready(self) -> None:
        from alongside.config import checks  # noqa: F401

        read_over(settings.PRACTICE)
