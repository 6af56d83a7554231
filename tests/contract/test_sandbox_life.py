"""Starting, stopping, and what arrives on the wire that is no proper request."""

import signal
import socket
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import httpx
import pytest

from crosspost.errors import SettingsError
from crosspost.sandbox import Sandbox


def exchange(sandbox, request):
    """Send raw bytes, and return all that comes back until the connection ends."""
    with socket.create_connection(sandbox._running().server_address, timeout=5) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def wait_until(condition):
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline


def all_connections_end(server):
    with server._changed:
        return server._changed.wait_for(lambda: not server._open, timeout=5)


def test_it_listens_on_loopback_only_and_says_where(sandbox):
    assert sandbox.url.startswith("http://127.0.0.1:")
    assert sandbox.feed_url == sandbox.url + "/feed"
    assert sandbox._running().server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.com", ""])
def test_another_address_than_loopback_is_a_wrong_setting(host):
    with pytest.raises(SettingsError, match="loopback only"):
        Sandbox(host=host).start()


def test_a_port_that_is_taken_is_one_clear_error(sandbox):
    port = sandbox._running().server_address[1]
    with pytest.raises(SettingsError, match=f"port {port}: Address already in use; choose another port"):
        Sandbox(port=port).start()


def test_a_port_that_cannot_be_is_one_clear_error():
    with pytest.raises(SettingsError, match="port 70000"):
        Sandbox(port=70_000).start()


def test_starting_twice_is_starting_once(sandbox):
    url = sandbox.url
    sandbox.start()
    assert sandbox.url == url


def test_closing_ends_kept_connections_and_frees_the_port(sandbox, linkedin):
    linkedin.post()
    server = sandbox._running()
    port = server.server_address[1]
    assert len(server._open) == 1
    sandbox.close()
    assert server._open == set()
    with pytest.raises(httpx.TransportError):
        linkedin.post("too late")
    assert len(sandbox.posts) == 1
    with Sandbox(port=port) as next_one:
        assert next_one.url.endswith(f":{port}")


def test_closing_waits_for_no_slow_answer(sandbox, linkedin):
    server = sandbox._running()
    sandbox.fault("slow", seconds=3600)
    with ThreadPoolExecutor() as pool:
        pending = pool.submit(linkedin.post)
        wait_until(lambda: sandbox.posts)
        sandbox.close()
        assert isinstance(pending.exception(timeout=10), httpx.TransportError)
    assert server._open == set()


def test_closing_twice_is_closing_once(sandbox):
    sandbox.close()
    sandbox.close()


def test_before_the_start_there_is_no_address():
    with pytest.raises(RuntimeError, match="not started"):
        _ = Sandbox().url


def test_serving_for_ever_ends_with_close():
    sandbox = Sandbox()
    sandbox.start()
    thread = threading.Thread(target=sandbox.serve_forever, daemon=True)
    thread.start()
    sandbox.close()
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_many_at_once_are_all_stored_under_their_own_ids(sandbox, connect):
    clients = [connect(sandbox) for _ in range(4)]
    with ThreadPoolExecutor(max_workers=4) as pool:
        statuses = list(pool.map(lambda n: clients[n % 4].post(f"text {n}").status_code, range(40)))
    assert statuses == [201] * 40
    assert len({post.urn for post in sandbox.posts}) == 40


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"POST /rest/posts HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
        (b"POST /rest/posts HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"POST /rest/posts HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"POST /rest/posts HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"POST /rest/posts HTTP/1.1\r\nHost: a\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", b"413"),
        (b"POST /rest/posts HTTP/1.1\r\nHost: a\r\nContent-Length: 1" + b"0" * 30 + b"\r\n\r\n", b"413"),
        (b"NONSENSE\r\n\r\n", b"400"),
        (b"BREW /rest/posts HTTP/1.1\r\nHost: a\r\n\r\n", b"501"),
    ],
)
def test_what_is_no_proper_request_is_answered_and_ends_the_connection(sandbox, request_bytes, status):
    answer = exchange(sandbox, request_bytes)
    assert status in answer.split(b"\r\n", 1)[0] or b"Error code: " + status in answer
    assert sandbox.posts == ()


def test_half_a_request_comes_to_nothing(sandbox):
    head = b"POST /rest/posts HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n"
    assert exchange(sandbox, head + b'{"author"') == b""
    assert sandbox.requests == ()


def test_a_client_that_hangs_up_leaves_no_traceback(sandbox, caplog, capfd):
    """The connection is reset while the answer waits, so that writing it fails."""
    server = sandbox._running()
    sandbox.fault("slow", seconds=0.1, on="GET /v2/userinfo")
    connection = socket.create_connection(server.server_address, timeout=5)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.sendall(b"GET /v2/userinfo HTTP/1.1\r\nHost: a\r\n\r\n")
    wait_until(lambda: sandbox.requests)
    connection.close()
    assert all_connections_end(server)
    assert "Traceback" not in capfd.readouterr().err
    assert caplog.records == []


def test_a_defect_of_the_sandbox_is_logged_and_drops_the_connection(start_sandbox, connect, caplog):
    broken = iter([datetime(2026, 11, 22, tzinfo=UTC)])
    client = connect(start_sandbox(now=lambda: next(broken)))
    with pytest.raises(httpx.RemoteProtocolError):
        client.post()
    assert "could not answer" in caplog.text


def test_ctrl_c_ends_it_whichever_thread_the_system_gives_it_to():
    sandbox = Sandbox()
    sandbox.start()
    (thread,) = (one for one in threading.enumerate() if one.name == "sandbox")
    rescue = threading.Timer(10, sandbox.close)
    rescue.start()
    threading.Timer(0.3, signal.pthread_kill, (thread.ident, signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        sandbox.serve_forever()
    assert rescue.is_alive()
    rescue.cancel()
