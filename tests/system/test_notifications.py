"""Messages as they arrive: through Apprise, over HTTP, from `publish` and from the daemon, once."""

import json
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from crosspost.demo.sample import API_DAY
from crosspost.sandbox.server import Sandbox
from daemons import Blog, Process, until


@pytest.fixture
def inbox():
    """A server that takes Apprise's `json://` messages; yields its address and the messages."""
    messages = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"json://jo:AQ-marked@127.0.0.1:{server.server_port}", messages
        server.shutdown()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of a plugin of Apprise
def test_publish_tells_what_it_published_and_missed_once(site, sandbox, inbox, monkeypatch):
    url, messages = inbox
    site.point_to(sandbox)
    monkeypatch.setenv("CROSSPOST_NOTIFY__URLS", json.dumps([url]))
    site.post("hello", "Text.")
    site.post("late", "Other text.", age=timedelta(days=5))
    for arguments in (["publish", "--dry-run"], ["publish", "--verbose"], ["publish", "--due"]):
        result = site.run(*arguments)
        assert "AQ-marked" not in result.out + result.err
    assert sorted(message["title"] for message in messages) == ["crosspost: missed", "crosspost: published"]
    assert "https://www.linkedin.com/feed/update/" in "".join(message["message"] for message in messages)


def test_a_message_that_cannot_be_sent_changes_neither_the_outcome_nor_the_exit_code(site, sandbox, monkeypatch):
    site.point_to(sandbox)
    monkeypatch.setenv("CROSSPOST_NOTIFY__URLS", '["json://jo:AQ-marked@127.0.0.1:1"]')
    site.post("hello", "Text.")
    result = site.run("publish", "--json")
    assert (result.code, result.lines[0]["outcome"]) == (0, "published")
    assert "AQ-marked" not in result.err


def test_the_daemon_tells_over_restarts_once(tmp_path, inbox):
    url, messages = inbox
    with Sandbox(today=API_DAY) as sandbox:
        blog = Blog(tmp_path / "blog", sandbox)
        environ = {"CROSSPOST_NOTIFY__URLS": json.dumps([url])}
        blog.post("hello")
        for _ in range(2):
            daemon = Process(blog, environ=environ)
            daemon.says("watching")
            until(lambda: messages)
            time.sleep(0.5)
            assert daemon.stop() == 0
            assert "AQ-marked" not in str(daemon.lines)
    assert [message["title"] for message in messages] == ["crosspost: published"]
