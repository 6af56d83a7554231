"""A sandbox over real TCP, and a client that speaks to it as LinkedIn wants it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from crosspost.sandbox import Sandbox

AUTHOR = "urn:li:person:sandbox-member"
HEADERS = {
    "Authorization": "Bearer sandbox-token",
    "LinkedIn-Version": "202609",
    "X-Restli-Protocol-Version": "2.0.0",
}


@dataclass
class SandboxClock:
    moment: datetime = datetime(2026, 11, 22, 12, 0, 0, 250_000, tzinfo=UTC)

    def __call__(self):
        return self.moment

    def advance(self, **duration):
        self.moment += timedelta(**duration)


@dataclass
class Linkedin:
    """A client of the sandbox. Arguments named `without` leave a header or a field out."""

    http: httpx.Client
    headers: dict[str, str] = field(default_factory=lambda: dict(HEADERS))

    def fields(self, text="Hello", **more):
        distribution = {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []}
        return {
            "author": AUTHOR,
            "commentary": text,
            "visibility": "PUBLIC",
            "distribution": distribution,
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": False,
            **more,
        }

    def post(self, text="Hello", **more):
        return self.send(self.fields(text, **more))

    def send(self, fields, **headers):
        return self.http.post("/rest/posts", json=fields, headers=self.headers | headers)

    def edit(self, urn, changes, **headers):
        body = {"patch": {"$set": changes}}
        headers = self.headers | {"X-RestLi-Method": "PARTIAL_UPDATE"} | headers
        return self.http.post(f"/rest/posts/{urn.replace(':', '%3A')}", json=body, headers=headers)

    def announce(self, kind="image", owner=AUTHOR, **more):
        """Announce an upload, and return what the answer holds."""
        body = {"initializeUploadRequest": {"owner": owner, **more}}
        response = self.http.post(f"/rest/{kind}s?action=initializeUpload", json=body, headers=self.headers)
        assert response.status_code == 200, response.text
        return response.json()["value"]

    def put(self, url, data, **headers):
        sent = {"Authorization": self.headers["Authorization"], "Content-Type": "application/octet-stream"}
        return self.http.put(url, content=data, headers=sent | headers)

    def upload(self, data, kind="image", owner=AUTHOR):
        """Upload a file; returns its URN."""
        announced = self.announce(kind, owner)
        assert self.put(announced["uploadUrl"], data).status_code == 201
        return announced[kind]

    def get(self, path, **headers):
        return self.http.get(path, headers=self.headers | headers)

    def delete(self, path):
        return self.http.delete(path, headers=self.headers)


@pytest.fixture
def sandbox_clock():
    return SandboxClock()


@pytest.fixture
def start_sandbox(sandbox_clock):
    """Start a sandbox with settings of one's own."""
    started = []

    def start(**settings):
        sandbox = Sandbox(**{"now": sandbox_clock, **settings})
        sandbox.start()
        started.append(sandbox)
        return sandbox

    yield start
    for sandbox in started:
        sandbox.close()


@pytest.fixture
def sandbox(start_sandbox):
    return start_sandbox()


@pytest.fixture
def connect():
    """Return a client of a sandbox."""
    clients = []

    def to(sandbox, **headers):
        # No proxy and no certificates of the machine: loopback needs neither.
        clients.append(httpx.Client(base_url=sandbox.url, trust_env=False, verify=False, timeout=10))
        return Linkedin(clients[-1], HEADERS | headers)

    yield to
    for client in clients:
        client.close()


@pytest.fixture
def linkedin(sandbox, connect):
    return connect(sandbox)
