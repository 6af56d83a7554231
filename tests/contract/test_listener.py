"""Waiting for the browser: at the registered address alone, for one answer, on this machine."""

import http.client
import signal
import socket
import threading
import time

import pytest

from crosspost.errors import CredentialsError, SettingsError
from crosspost.linkedin.oauth.listener import Listener
from crosspost.linkedin.oauth.redirect import RedirectAddress
from keyrings import free_port


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as one:
            one.bind(("::1", 0))
    except OSError:
        return False
    return True


IPV6 = pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")


def ask(host, port, path, method="GET"):
    connection = http.client.HTTPConnection(host, port, timeout=5)
    connection.request(method, path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "127.0.0.1"),
        pytest.param("localhost", "::1", marks=IPV6),
        pytest.param("[::1]", "::1", marks=IPV6),
    ],
)
def test_the_answer_is_taken_whichever_number_the_browser_uses(name, host):
    port = free_port()
    with Listener(RedirectAddress.of(f"http://{name}:{port}/callback")) as listener:
        assert ask(host, port, "/callback?code=a%2Fb&state=c") == 200
        assert listener.wait(1) == "code=a%2Fb&state=c"
    with pytest.raises(OSError, match="refused"):
        ask(host, port, "/callback")


@pytest.mark.parametrize("address", ["", "/", "/callback/"])
def test_the_path_counts_to_the_last_slash(address):
    port = free_port()
    with Listener(RedirectAddress.of(f"http://127.0.0.1:{port}{address}")) as listener:
        assert ask("127.0.0.1", port, "/callback?code=x") == 404
        assert ask("127.0.0.1", port, f"{address or '/'}?error=x&state=y", "POST") == 501
        assert ask("127.0.0.1", port, f"{address or '/'}?error=x&state=y") == 200
        assert listener.wait(1) == "error=x&state=y"


def test_it_listens_on_this_machine_alone():
    port = free_port()
    with Listener(RedirectAddress.of(f"http://127.0.0.1:{port}/")) as listener:
        assert [server.server_address[0] for server in listener._servers] == ["127.0.0.1"]


@pytest.mark.parametrize(
    "sent", [b"\0\xff\r\n\r\n", b"HEAD /callback?code=x HTTP/1.1\r\n\r\n", b"G" * 70_000 + b"\r\n\r\n", b""]
)
def test_noise_is_no_answer_and_ends_nothing(sent, capfd):
    port = free_port()
    with Listener(RedirectAddress.of(f"http://127.0.0.1:{port}/callback")) as listener:
        with socket.create_connection(("127.0.0.1", port)) as one:
            one.sendall(sent)
        assert ask("127.0.0.1", port, "/callback?code=right") == 200
        assert listener.wait(1) == "code=right"
    assert capfd.readouterr().err == ""


def test_a_taken_port_is_told_with_the_setting():
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = RedirectAddress.of(f"http://127.0.0.1:{other.getsockname()[1]}/callback")
        with pytest.raises(SettingsError, match=r"linkedin\.redirect_uri"):
            Listener(address).__enter__()


def test_waiting_ends():
    with (
        Listener(RedirectAddress.of(f"http://127.0.0.1:{free_port()}/callback")) as listener,
        pytest.raises(CredentialsError, match="no browser came back"),
    ):
        listener.wait(0.01)


def test_ctrl_c_ends_the_wait_whichever_thread_the_system_gives_it_to():
    with Listener(RedirectAddress.of(f"http://127.0.0.1:{free_port()}/callback")) as listener:
        (thread,) = (one for one in threading.enumerate() if one.name == "crosspost-redirect")
        threading.Timer(0.2, signal.pthread_kill, (thread.ident, signal.SIGINT)).start()
        begun = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            listener.wait(10)
        assert time.monotonic() - begun < 5
