"""What a Jupyter extension keeps in the settings of the server that loads it."""

import subprocess

from jupyter_server.base.handlers import APIHandler


class Repository:
    def clone(self):
        subprocess.run(["git", "clone"])  # hazard: Cloned.post > Repository.clone > subprocess.run

    def unused(self):
        subprocess.run(["git", "gc"])


class Cloned(APIHandler):
    @property
    def repository(self):
        return self.settings["repository"]

    def post(self):
        self.repository.clone()


class Elsewhere(APIHandler):
    def post(self):
        self.settings["other"].unused()


def _load_jupyter_server_extension(server):
    repository = Repository()
    server.web_app.settings["repository"] = repository
    server.settings["other"] = repository
