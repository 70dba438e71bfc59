from django.apps import AppConfig
from django.conf import settings

from alongside.practice.pack import ask_facts_of, read_over


class ConfigConfig(AppConfig):
    name = "alongside.config"

    def ready(self) -> None:
        from alongside.config import checks  # noqa: F401
        from alongside.duties.facts import FACTS_OF, MEASURES

        read_over(settings.PRACTICE)
        ask_facts_of(lambda: {*MEASURES}.union(*FACTS_OF.values()))
