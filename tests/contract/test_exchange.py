"""Servers that misbehave on the wire: what crosspost says then, how long it waits, and what has left by then."""

import contextlib
import gzip
import logging
import os
import re
import signal
import socket
import ssl
import struct
import threading
import time
from datetime import UTC, datetime

import httpx
import pytest

from crosspost.errors import CredentialsError, Problem, SettingsError
from crosspost.linkedin.client import LinkedInPublisher
from crosspost.linkedin.exchange import Courier, Departure, Reply, Request, Silence, TooLate
from crosspost.linkedin.redact import RedactingFilter, Redactor
from crosspost.linkedin.versions import FixedVersion
from crosspost.model import Draft, Failure, Prepared, Receipt, Rejected, Unclear

TOKEN = "AQXmarked-TOKEN_0123456789"
URN = "urn:li:share:7348349577130860544"
DEADLINE = 0.7  # seconds, where it is to come
AMPLE = 10  # where it is not
BODY = b'{"author":"urn:li:person:x"}'

RECORDED = (
    b"HTTP/1.1 201 Created\r\n"
    b"Location: /posts/urn%3Ali%3Ashare%3A7348349577130860544\r\n"
    b"X-Restli-Id: urn:li:share:7348349577130860544\r\n"
    b"X-Restli-Protocol-Version: 2.0.0\r\n"
    b"Content-Length: 0\r\n"
    b"Date: Tue, 08 Jul 2025 13:57:45 GMT\r\n"
    b"X-Li-Uuid: AAY5bL4w0Z8xH2c\r\n"
    b"X-Li-Fabric: prod-lor1\r\n\r\n"
)


class Clock:
    def now(self):
        return datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def sleep(self, seconds):
        pass


class Server:
    """Accepts connections and lets a script do with each what it wants; keeps every byte that came."""

    def __init__(self, script):
        self.received = b""
        self.connections = 0
        self.hung_up = threading.Event()
        self.over = threading.Event()
        self._script = script
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection = self._listener.accept()[0]
                self.connections += 1
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection):
        with connection, contextlib.suppress(OSError):
            self._script(self, connection)

    def read(self, connection):
        """Read one request to its end, by its Content-Length."""
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._take(connection)
        length = re.search(rb"content-length: (\d+)", data.lower())
        while length and len(data.partition(b"\r\n\r\n")[2]) < int(length[1]):
            data += self._take(connection)

    def _take(self, connection):
        chunk = connection.recv(65536)
        if not chunk:
            self.hung_up.set()
            raise ConnectionError
        self.received += chunk
        return chunk

    def close(self):
        self.over.set()
        self._listener.close()


@pytest.fixture
def serve():
    servers = []

    def start(script):
        servers.append(Server(script))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def answering(*parts, pause=0.0, then=None):
    """Return a script that reads the request and answers with parts."""

    def script(server, connection):
        server.read(connection)
        for part in parts:
            connection.sendall(part)
            server.over.wait(pause)
        if then:
            then(server, connection)

    return script


def wait(server, connection):
    """Say nothing more, and notice when the client hangs up."""
    with contextlib.suppress(OSError):
        if not connection.recv(1):
            server.hung_up.set()
    server.over.wait(5)


def reset(_server, connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def reset_with_bytes_unread(server, connection):
    # An earlier reset can reach the client while it still connects, which proves that nothing left.
    connection.recv(1, socket.MSG_PEEK)
    reset(server, connection)


def publisher(api_url, timeout=AMPLE, **changes):
    settings = {"api_version": FixedVersion("202609"), "token": lambda: TOKEN, "author": "x", "clock": Clock()}
    return LinkedInPublisher(api_url=api_url, timeout=timeout, **{**settings, **changes})


def send(api_url, body=BODY, **changes):
    return publisher(api_url, **changes).send(Prepared(author="urn:li:person:x", body=body, digest=""))


@contextlib.contextmanager
def within(seconds):
    start = time.monotonic()
    yield
    assert time.monotonic() - start < seconds


def test_the_recorded_answer_is_a_receipt(serve):
    answer = send(serve(answering(RECORDED)).url)
    assert answer == Receipt(
        urn=URN,
        url=f"https://www.linkedin.com/feed/update/{URN}/",
        detail=f"HTTP 201; x-restli-id: {URN}; x-li-uuid: AAY5bL4w0Z8xH2c; x-li-fabric: prod-lor1",
    )


def test_the_request_is_the_documented_one_and_its_body_exactly_what_was_prepared(serve):
    server = serve(answering(RECORDED))
    ready = publisher(server.url)
    draft = Draft(
        post="p", title=None, text="né", wire="né", limit=3000, fold=None, shortened=False, visibility="PUBLIC"
    )
    prepared = ready.prepare(draft, "urn:li:person:x")
    ready.send(prepared)
    head, _, body = server.received.partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in rest)
    assert first == "POST /rest/posts HTTP/1.1"
    assert body == prepared.body
    assert headers["authorization"] == f"bearer {TOKEN.lower()}"
    assert headers["linkedin-version"] == "202609"
    assert headers["x-restli-protocol-version"] == "2.0.0"
    assert headers["content-type"] == "application/json"
    assert headers["content-length"] == str(len(prepared.body))
    assert headers["user-agent"].startswith("crosspost/")


def test_the_member_is_asked_for_without_a_version(serve):
    server = serve(answering(b'HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{"sub": "aB-3"}'[:-1]))
    assert isinstance(publisher(server.url, author="").author(), Rejected)  # the body is one byte short of JSON
    assert server.received.startswith(b"GET /v2/userinfo HTTP/1.1\r\n")
    assert b"linkedin-version" not in server.received.lower()
    assert b"x-restli-protocol-version: 2.0.0" in server.received.lower()


@pytest.mark.parametrize(
    "tail",
    [
        answering(RECORDED.replace(b"Length: 0", b"Length: 500"), b'{"id', then=reset),
        answering(RECORDED.replace(b"Length: 0", b"Length: 500"), b'{"id'),
        answering(RECORDED.replace(b"Length: 0", b"Length: 500"), b'{"id', then=wait),
        answering(RECORDED.replace(b"Content-Length: 0", b"Transfer-Encoding: chunked"), b"zz\r\n"),
    ],
    ids=["reset", "closed", "never ends", "bad chunk"],
)
def test_a_201_counts_whatever_happens_to_its_body(serve, tail):
    with within(AMPLE / 2):
        answer = send(serve(tail).url)
    assert isinstance(answer, Receipt)
    assert answer.urn == URN


@pytest.mark.parametrize(
    "tail",
    [
        answering(
            b"HTTP/1.1 403 F\r\nContent-Length: 99\r\nX-Li-Uuid: u\r\n\r\n", b'{"message":"Not enough', then=reset
        ),
        answering(
            b"HTTP/1.1 403 F\r\nContent-Length: 99\r\nX-Li-Uuid: u\r\n\r\n", b'{"message":"Not enough', then=wait
        ),
        answering(b"HTTP/1.1 403 F\r\nContent-Encoding: gzip\r\nX-Li-Uuid: u\r\nContent-Length: 4\r\n\r\nnope"),
        answering(b"HTTP/1.1 403 F\r\nX-Li-Uuid: u\r\n\r\n", *[b"x"] * 400, pause=0.02),
    ],
    ids=["reset", "never ends", "not gzip", "trickles"],
)
def test_a_refusal_counts_whatever_happens_to_its_body(serve, tail):
    with within(DEADLINE + 3):
        answer = send(serve(tail).url, timeout=DEADLINE)
    assert isinstance(answer, Rejected)
    assert answer.failure is Failure.DENIED
    assert "x-li-uuid: u" in answer.problem.detail


@pytest.mark.parametrize(
    "script",
    [
        answering(then=wait),
        answering(*[bytes([byte]) for byte in RECORDED * 9], pause=0.02),
        answering(*[b"HTTP/1.1 102 Processing\r\n\r\n"] * 400, pause=0.02),
        lambda server, _connection: server.over.wait(5),
    ],
    ids=["silence", "a byte at a time", "processing for ever", "never reads"],
)
def test_a_server_that_takes_its_time_is_waited_for_no_longer_than_the_deadline(serve, script):
    with within(DEADLINE + 3):
        answer = send(
            serve(script).url, body=BODY + b" " * 20_000_000 if "lambda" in script.__name__ else BODY, timeout=DEADLINE
        )
    assert isinstance(answer, Unclear)
    assert "no answer within 0.7 seconds" in answer.problem.what


def test_the_connection_is_closed_at_the_deadline(serve):
    server = serve(answering(then=wait))
    send(server.url, timeout=DEADLINE)
    assert server.hung_up.wait(2)


@pytest.mark.parametrize(
    "script",
    [
        answering(),
        answering(then=reset),
        answering(b"HTTP/1.1 201 Cre"),
        answering(b"SSH-2.0-OpenSSH_9\r\n"),
        answering(b"HTTP/1.1 201 Created\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"),
        answering(b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n"),
        lambda _server, connection: connection.recv(1) and reset(None, connection),
    ],
    ids=["closed", "reset", "cut head", "not HTTP", "endless header", "bad redirect", "reset while sending"],
)
def test_a_conversation_that_breaks_off_is_unclear(serve, script):
    answer = send(serve(script).url)
    assert isinstance(answer, Unclear)
    assert answer.problem.linkedin_has == "the post may be on LinkedIn"


def test_a_redirect_is_not_followed(serve):
    other = serve(answering(RECORDED))
    answer = send(
        serve(answering(b"HTTP/1.1 307 T\r\nLocation: %b/x\r\nContent-Length: 0\r\n\r\n" % other.url.encode())).url
    )
    assert isinstance(answer, Unclear)
    assert other.received == b""


def test_an_endless_body_is_read_no_further_than_needed(serve):
    endless = answering(b"HTTP/1.1 400 B\r\n\r\n", *[b"x" * 65536] * 10_000)
    with within(AMPLE / 2):
        assert isinstance(send(serve(endless).url), Rejected)


def test_a_compressed_refusal_is_understood(serve):
    body = gzip.compress(b'{"serviceErrorCode":65602,"status":401}')
    head = b"HTTP/1.1 401 U\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    assert "expired" in send(serve(answering(head, body)).url).problem.what


def test_a_closed_port_is_not_sent():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    answer = send(f"http://127.0.0.1:{port}")
    assert isinstance(answer, Rejected)
    assert answer.failure is Failure.NOT_SENT
    assert answer.problem.linkedin_has == "nothing was published"


@pytest.mark.parametrize(
    "script",
    [
        lambda server, connection: server.over.wait(5),
        lambda server, connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        lambda server, connection: [
            (connection.sendall(b"\x16\x03\x03\x40\x00\x02"[n : n + 1]), server.over.wait(0.1)) for n in range(6)
        ],
    ],
    ids=["silence", "no TLS", "slow TLS"],
)
def test_a_failed_handshake_is_not_sent(serve, script):
    server = serve(script)
    with within(DEADLINE + 3):
        answer = send(server.url.replace("http:", "https:"), timeout=DEADLINE)
    assert isinstance(answer, Rejected)
    assert answer.failure is Failure.NOT_SENT


def test_a_name_that_is_not_found_in_time_is_not_sent_even_if_it_is_found_later(serve, monkeypatch):
    server = serve(answering(RECORDED))
    found, resolve = threading.Event(), socket.getaddrinfo
    asked = threading.Event()

    def slow(*args, **details):
        asked.set()
        found.wait(5)
        return resolve(*args, **details)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with within(DEADLINE + 3):
        answer = send(server.url.replace("127.0.0.1", "localhost"), timeout=DEADLINE)
    assert asked.is_set()
    assert isinstance(answer, Rejected)
    assert answer.failure is Failure.NOT_SENT
    found.set()
    for thread in threading.enumerate():
        if thread.name == "crosspost-request":
            thread.join(5)
    assert server.received == b""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timer signals")
def test_an_interrupt_keeps_the_request_from_leaving_later(serve):
    server = serve(answering(then=wait))
    previous = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(KeyboardInterrupt):
            send(server.url, timeout=30)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    assert server.hung_up.wait(2)


# --- what a run makes once ---------------------------------------------------------------------------------------


def several(ready, times=3):
    return [ready.send(Prepared(author="urn:li:person:x", body=BODY, digest="")) for _ in range(times)]


def refusing(server, connection):
    """Refuse one request after the other, over the same connection where the client lets it."""
    while True:
        server.read(connection)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def test_requests_share_a_thread_and_no_connection(serve, monkeypatch):
    started, start = [], threading.Thread.start
    monkeypatch.setattr(threading.Thread, "start", lambda thread: (started.append(thread.name), start(thread)))
    server = serve(refusing)
    ready = publisher(server.url)
    assert [type(answer) for answer in several(ready)] == [Rejected] * 3
    assert started.count("crosspost-request") == 1
    assert server.connections == 3


def closing_when_idle(seconds):
    """Return a script that answers one request after the other, and closes the connection when none comes for so long."""

    def script(server, connection):
        connection.settimeout(seconds)
        with contextlib.suppress(TimeoutError):
            while True:
                server.read(connection)
                connection.sendall(RECORDED)

    return script


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (answering(RECORDED[:-2] + b"Connection: close\r\n\r\n"), Receipt),
        (answering(RECORDED), Receipt),
        (answering(RECORDED, then=reset), Receipt),
        (closing_when_idle(0.02), Receipt),
        (closing_when_idle(0.5), Receipt),
        (answering(RECORDED[:60]), Unclear),
    ],
    ids=["says so", "silently", "with a reset", "idle for 20 ms", "idle for 0.5 s", "half an answer"],
)
def test_however_a_server_closes_connections_no_post_is_sent_twice_or_unclear_for_it(serve, script, kind):
    """Over a kept connection a third of the posts may be: where the server closes it as the next one leaves."""
    server = serve(script)
    ready, answers = publisher(server.url), []
    for pause in (0, 0.018, 0.019, 0.02, 0.021, 0.022):
        answers += several(ready, 1)
        time.sleep(pause)
    assert [type(answer) for answer in answers] == [kind] * 6
    assert (server.received.count(b"POST "), server.connections) == (6, 6)


def test_a_request_that_nobody_waits_for_any_more_does_not_hold_up_the_next_one(serve, monkeypatch):
    server = serve(answering(RECORDED))
    ready, held, resolve = publisher(server.url.replace("127.0.0.1", "localhost"), DEADLINE), threading.Event(), []
    resolve.append(socket.getaddrinfo)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kinds: (held.wait(5), resolve[0](*args, **kinds))[1])
    first = several(ready, 1)
    monkeypatch.setattr(socket, "getaddrinfo", resolve[0])
    with within(DEADLINE):
        assert [type(answer) for answer in first + several(ready, 1)] == [Rejected, Receipt]
    held.set()


def test_requests_at_once_do_not_wait_for_each_other(serve):
    both = threading.Barrier(2)
    server = serve(lambda server, connection: (server.read(connection), both.wait(5), connection.sendall(RECORDED)))
    ready, answers = publisher(server.url), []
    pair = [threading.Thread(target=lambda: answers.extend(several(ready, 1))) for _ in range(2)]
    for thread in pair:
        thread.start()
    for thread in pair:
        thread.join(AMPLE)
    assert [type(answer) for answer in answers] == [Receipt] * 2


def test_the_thread_ends_with_the_publisher(serve):
    several(publisher(serve(answering(RECORDED)).url), 1)
    for thread in threading.enumerate():
        if thread.name == "crosspost-request":
            thread.join(2)
            assert not thread.is_alive()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # Python 3.12 and newer, where threads run
def test_a_forked_process_sends_by_a_thread_of_its_own(serve):
    ready = publisher(serve(answering(RECORDED)).url)
    several(ready, 1)
    child = os.fork()
    if not child:
        os._exit(0 if [type(answer) for answer in several(ready, 1)] == [Receipt] else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_certificates_are_read_once_and_only_for_what_is_encrypted(serve, monkeypatch):
    read, create = [], httpx.create_ssl_context
    monkeypatch.setattr(httpx, "create_ssl_context", lambda **kinds: (read.append(kinds), create(**kinds))[1])
    several(publisher(serve(answering(RECORDED)).url))
    assert read == []
    several(publisher(serve(answering(RECORDED)).url.replace("http:", "https:")))
    assert len(read) == 1


def test_what_is_not_encrypted_has_nobody_to_trust(serve):
    """Where no certificate was read, none passes: not even by a mistake of ours."""
    ready = publisher(serve(answering(RECORDED)).url)
    several(ready, 1)
    (client,) = ready._calls._clients.values()
    context = client._transport._pool._ssl_context
    assert (context.verify_mode, context.check_hostname, context.get_ca_certs()) == (ssl.CERT_REQUIRED, True, [])


def test_a_cookie_of_one_answer_is_in_no_other_request(serve):
    server = serve(answering(RECORDED[:-2] + b"Set-Cookie: lidc=marked; Path=/\r\n\r\n"))
    several(publisher(server.url))
    assert server.received.count(b"POST ") == 3
    assert b"lidc" not in server.received


# --- whether the request has left --------------------------------------------------------------------------------


def request_for(method):
    return {"request": type("Request", (), {"method": method})()}


def test_what_is_not_traced_may_have_left():
    assert Departure().shut() is True


def test_a_request_that_is_still_connecting_has_not_left_and_never_will():
    departure = Departure()
    departure.trace("connection.connect_tcp.started", {})
    assert departure.shut() is False
    with pytest.raises(TooLate):
        departure.trace("http11.send_request_headers.started", request_for(b"POST"))


def test_asking_a_proxy_for_a_tunnel_is_not_the_request():
    departure = Departure()
    departure.trace("connection.connect_tcp.started", {})
    departure.trace("http11.send_request_headers.started", request_for(b"CONNECT"))
    departure.trace("http11.send_request_headers.complete", {})
    departure.trace("http11.response_closed.started", {})
    departure.trace("proxy.start_tls.started", {})
    assert departure.shut() is False


@pytest.mark.parametrize("event", ["http11.send_request_headers.started", "http3.something_new"])
def test_the_request_itself_and_anything_unknown_is_a_departure(event):
    departure = Departure()
    departure.trace("connection.connect_tcp.started", {})
    departure.trace(event, request_for(b"POST"))
    assert departure.shut() is True
    departure.trace("http11.send_request_body.started", request_for(b"POST"))  # what has begun may end


def test_httpx_tells_of_the_departure_before_the_first_byte(serve):
    """The names of httpcore's events are what `Departure` stands on; a new version must not change them unnoticed."""
    server = serve(answering(RECORDED))
    events = []

    def trace(event, info):
        events.append((event, server.received))

    with httpx.Client(trust_env=False) as client:
        client.post(server.url, content=b"x", extensions={"trace": trace})
    names = [name for name, _ in events]
    assert names[:3] == [
        "connection.connect_tcp.started",
        "connection.connect_tcp.complete",
        "http11.send_request_headers.started",
    ]
    assert events[2][1] == b""


@pytest.mark.parametrize(
    ("error", "left"),
    [
        (httpx.ConnectError, False),
        (httpx.ConnectTimeout, False),
        (httpx.PoolTimeout, False),
        (httpx.ProxyError, False),
        (httpx.UnsupportedProtocol, False),
        (httpx.ReadError, True),
        (httpx.ReadTimeout, True),
        (httpx.WriteError, True),
        (httpx.WriteTimeout, True),
        (httpx.CloseError, True),
        (httpx.RemoteProtocolError, True),
        (httpx.LocalProtocolError, True),
        (httpx.DecodingError, True),
        (httpx.TooManyRedirects, True),
        (httpx.InvalidURL, True),
        (ValueError, True),
        (UnicodeError, True),
        (OSError, True),
        (AssertionError, True),
    ],
)
def test_every_exception_says_whether_the_request_may_have_left(error, left):
    def fail(_request):
        raise error(f"something with Bearer {TOKEN}")

    answer = send("http://127.0.0.1:9", transport=httpx.MockTransport(fail))
    assert isinstance(answer, Unclear if left else Rejected)
    assert TOKEN not in repr(answer)


def test_every_transport_error_of_httpx_is_in_the_table_above():
    def below(kind):
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    mark = test_every_exception_says_whether_the_request_may_have_left.pytestmark[0]
    abstract = {httpx.TransportError, httpx.TimeoutException, httpx.NetworkError, httpx.ProtocolError}
    assert below(httpx.TransportError) - abstract <= {error for error, _ in mark.args[1]}


def test_an_exchange_without_an_answer_says_why():
    def fail(_request):
        raise httpx.ReadError("broken")

    client = httpx.Client(transport=httpx.MockTransport(fail))
    outcome = Courier().exchange(client, Request(method="GET", url="http://127.0.0.1:9/", headers={}), 5)
    assert isinstance(outcome, Silence)
    assert outcome.left
    assert str(outcome.cause) == "broken"


# --- to whom the token may go ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "api_url",
    [
        "http://api.linkedin.com",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1@example.com",
        "http://127.0.0.1:80@example.com",
        "http://localhost.example.com",
        "http://[2001:db8::1]:80",
        "http://0.0.0.0:8000",
        "http://2130706433",
        "https://user:pass-word@api.linkedin.com",
        "https://api.linkedin.com?x=1",
        "https://api.linkedin.com#x",
        "https://api.linkedin.com\\@example.com",
        "https://api.linkedin.com:99999",
        "ftp://api.linkedin.com",
        "api.linkedin.com",
        "https://",
        "",
    ],
)
def test_an_address_that_a_token_must_not_go_to_is_refused_before_anything_is_sent(api_url):
    with pytest.raises(SettingsError) as caught:
        publisher(api_url)
    assert "pass-word" not in str(caught.value)


@pytest.mark.parametrize(
    "api_url", ["https://api.linkedin.com/", "http://localhost:8099", "http://[::1]:80/api", "http://127.3.2.1"]
)
def test_linkedin_and_this_machine_are_fine(api_url):
    publisher(api_url)


def test_all_wrong_settings_are_told_at_once():
    with pytest.raises(SettingsError) as caught:
        publisher(
            "http://example.com", timeout=0, author="https://www.linkedin.com/in/jo", api_version=FixedVersion("latest")
        )
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_this_machine_is_never_asked_through_a_proxy(serve, monkeypatch, variable):
    proxy, server = serve(answering()), serve(answering(RECORDED))
    monkeypatch.setenv(variable, proxy.url)
    assert isinstance(send(server.url), Receipt)
    assert proxy.received == b""


@pytest.mark.parametrize(
    "script",
    [
        answering(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"),
        answering(),
        answering(then=reset),
        answering(b"HTTP/1.1 200 OK\r\n\r\n"),
        answering(then=wait),
    ],
    ids=["407", "closed", "reset", "closed tunnel", "silence"],
)
def test_a_proxy_that_fails_never_sees_the_token_and_nothing_was_sent(serve, monkeypatch, script):
    proxy = serve(script)
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    with within(DEADLINE + 3):
        answer = send("https://api.linkedin.com", timeout=2)
    assert proxy.received.startswith(b"CONNECT api.linkedin.com:443")
    assert TOKEN.encode() not in proxy.received
    assert isinstance(answer, Rejected)
    assert answer.failure is Failure.NOT_SENT


@pytest.mark.parametrize(
    "proxy", ["gopher://u:pass-word@example.com", "http://u:pass-word@[::bad", "socks5://u:pass-word@127.0.0.1:9"]
)
def test_an_impossible_proxy_is_told_without_its_password(monkeypatch, proxy):
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    answer = send("https://api.linkedin.com")
    assert isinstance(answer, Rejected)
    assert "HTTPS_PROXY" in answer.problem.fix
    assert "pass-word" not in repr(answer)


# --- secrets -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["", "two\nlines", "naïve", "with space", "nul\0", TOKEN + "\r\nX: y"])
def test_a_token_that_no_header_can_carry_is_refused_without_repeating_it(serve, token):
    server = serve(answering(RECORDED))
    answer = send(server.url, token=lambda: token)
    assert isinstance(answer, Rejected)
    assert answer.credentials
    assert not token or token not in repr(answer)
    assert server.received == b""


def test_a_missing_token_is_told_as_it_was(serve):
    problem = Problem(what="there is no token", fix="get one")

    def missing():
        raise CredentialsError(problem)

    answer = send("http://127.0.0.1:9", token=missing)
    assert isinstance(answer, Rejected)
    assert (answer.problem, answer.credentials, answer.failure) == (problem, True, Failure.DENIED)


ECHO = TOKEN.encode()
ECHOES = {
    "body": b"HTTP/1.1 400 B\r\n\r\n" + b'{"message":"bad %b","code":"%b"}' % (ECHO, ECHO),
    "id": b"HTTP/1.1 201 C\r\nX-Restli-Id: %b\r\nX-Li-Uuid: %b\r\n\r\n" % (ECHO, ECHO),
    "reason": b"HTTP/1.1 500 %b\r\nContent-Length: 0\r\n\r\n" % ECHO,
    "page": b"HTTP/1.1 502 B\r\n\r\n<p>Authorization: Bearer %b</p>" % ECHO,
    "location": b"HTTP/1.1 302 F\r\nLocation: /%b\r\n\r\n" % ECHO,
    "no HTTP": b"%b %b\r\n\r\n" % (ECHO, ECHO),
    "body split over packets": None,
}


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
def test_a_token_that_the_server_repeats_appears_nowhere(serve, echo, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(RedactingFilter(Redactor(TOKEN)))
    half = [b"HTTP/1.1 400 B\r\n\r\n" + b'{"message":"' + ECHO[:9], ECHO[9:] + b'"}']
    server = serve(answering(*([echo] if echo else half), pause=0 if echo else 0.05))
    ready = publisher(server.url)
    answer = ready.send(Prepared(author="x", body=BODY, digest=""))
    member = publisher(server.url, author="").author()
    assert server.received.count(ECHO) >= 2  # it was sent, at least
    assert len(caplog.records) > 10  # httpx and httpcore did speak
    assert ECHO.decode() not in "".join([repr(answer), repr(member), repr(ready), caplog.text])


def test_the_parts_of_a_request_do_not_show_the_token():
    request = Request(method="GET", url="https://x", headers={"Authorization": f"Bearer {TOKEN}"}, content=None)
    assert TOKEN not in repr(request)


def test_a_reply_keeps_what_came():
    client = httpx.Client(
        transport=httpx.MockTransport(lambda _request: httpx.Response(418, headers={"A": "b"}, content=b"c"))
    )
    outcome = Courier().exchange(client, Request(method="GET", url="http://127.0.0.1:9/", headers={}), 5)
    assert isinstance(outcome, Reply)
    assert (outcome.status, outcome.headers["a"], outcome.body) == (418, "b", b"c")
