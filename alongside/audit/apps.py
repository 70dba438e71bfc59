from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    name = "alongside.audit"

    def ready(self) -> None:
        # Registries are full from the first request, so that a test over them is never empty.
        autodiscover_modules("operations", "facts", "moments", "leaving", "sealing")
