"""A keyring that lives in memory, and a port that is free: for tests that sign in."""

from __future__ import annotations

import json
import socket


class Vault:
    """A keyring's back end; `kept` holds what is stored, by name."""

    name = "SecretService Keyring"

    def __init__(self):
        self.kept = {}

    @property
    def tokens(self):
        """What is kept of tokens, by account."""
        tokens = {name: value for name, value in self.kept.items() if not name.endswith(")")}
        return {
            name.partition(" on ")[0]: json.loads(value) if value[0] == "{" else value for name, value in tokens.items()
        }

    def get_password(self, _service, username):
        return self.kept.get(username)

    def set_password(self, _service, username, password):
        self.kept[username] = password

    def delete_password(self, _service, username):
        del self.kept[username]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
