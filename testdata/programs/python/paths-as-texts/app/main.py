"""Objects whose paths are texts: those that the code says, and those that only a configuration knows."""

import pkgutil

from django.utils.module_loading import import_string


class App:
    path = "app.handlers.Handler"

    def __init__(self, setting):
        self.setting = setting

    async def handles(self):
        import_string("app.handlers.Handler")().by_text()
        import_string(str(self.path))().by_field()
        import_string(self.setting)().by_setting()
        pkgutil.resolve_name("app.handlers:handle")()
