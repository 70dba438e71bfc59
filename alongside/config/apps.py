from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "alongside.config"

    def ready(self) -> None:
        from alongside.config import checks  # noqa: F401
