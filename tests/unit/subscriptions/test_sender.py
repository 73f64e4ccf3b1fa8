"""The sender over real TLS: to the address that was judged, with the receiver's name, and nowhere else."""

import contextlib
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chalicelib.subscriptions import sender
from chalicelib.subscriptions.sender import Https

HOST, PUBLIC = "nhan.example.vn", "203.162.0.181"


def certificate(folder, name):
    """A certificate of a name that signs itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(*plain))
    return path


class Server:
    """A receiver on this machine. `status` is what it answers, with these headers; `asked` what came."""

    def __init__(self, pem):
        outer = self
        self.status, self.headers, self.asked, self.names = 204, {}, [], []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.asked.append((self.path, dict(self.headers), body))
                self.send_response(outer.status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *given):
                pass

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(pem)
        tls.sni_callback = lambda _, name, __: self.names.append(name)
        self.http.socket = tls.wrap_socket(self.http.socket, server_side=True)
        self.http.handle_error = lambda *_: None
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)
        self.thread.start()
        self.port = self.http.server_port

    def close(self):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


@pytest.fixture(scope="module")
def pem(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"), HOST)


@pytest.fixture
def server(pem):
    made = Server(pem)
    yield made
    made.close()


class World:
    """A resolver and a dial: the name's answers in turn, and every address is this machine."""

    def __init__(self, server, pem, *answers):
        self.answers, self.dialled, self.asked = list(answers), [], []
        self.server, context = server, ssl.create_default_context(cafile=pem)
        self.https = Https(self.resolve, self.dial, context)

    def resolve(self, host):
        self.asked.append(host)
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(found, Exception):
            raise found
        return found

    def dial(self, address, seconds):
        self.dialled.append(address)
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=seconds)

    def post(self, url=f"https://{HOST}/hooks?x=1"):
        return self.https.post(url, {"webhook-id": "m", "Content-Type": "application/json"}, b'{"a":1}')


def test_a_message_is_posted_as_it_was_signed_to_the_name_and_path(server, pem):
    world = World(server, pem, [PUBLIC])
    assert world.post().status == 204
    path, headers, body = server.asked[0]
    assert (path, headers["Host"], headers["webhook-id"], body) == ("/hooks?x=1", HOST, "m", b'{"a":1}')
    assert (server.names, world.dialled, world.asked) == ([HOST], [PUBLIC], [HOST])


def test_a_redirect_is_no_success_and_is_not_followed(server, pem):
    server.status, server.headers = 302, {"Location": "https://169.254.169.254/latest/meta-data/"}
    world = World(server, pem, [PUBLIC])
    assert world.post().status == 302
    assert (len(server.asked), world.dialled) == (1, [PUBLIC])


def test_a_name_that_answers_otherwise_the_second_time_leads_nowhere(server, pem):
    world = World(server, pem, [PUBLIC], ["127.0.0.1"])
    assert world.post().status == 204
    assert world.post() == (0, "address")
    assert (world.asked, world.dialled) == ([HOST, HOST], [PUBLIC])


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (["127.0.0.1"], "address"),
        ([PUBLIC, "10.0.0.1"], "address"),
        ([PUBLIC, "::1"], "address"),
        (["::ffff:7f00:1"], "address"),
        (["64:ff9b::a9fe:a9fe"], "address"),
        (["169.254.169.254"], "address"),
        ([], "address"),
        (socket.gaierror("no such name"), "unresolved"),
        (UnicodeError("too long"), "unresolved"),
    ],
)
def test_a_name_with_any_address_that_is_not_public_is_not_called(server, pem, answers, why):
    world = World(server, pem, answers)
    assert world.post() == (0, why)
    assert (world.dialled, server.asked) == ([], [])


def test_an_address_that_is_refused_is_not_even_resolved(server, pem):
    world = World(server, pem, [PUBLIC])
    assert world.post("https://127.0.0.1/") == (0, "name")
    assert world.asked == []


def test_a_certificate_of_another_name_is_no_receiver(server, pem):
    world = World(server, pem, [PUBLIC])
    assert world.post("https://khac.example.vn/") == (0, "SSLCertVerificationError")
    assert server.asked == []


def test_a_receiver_that_is_not_there_is_told(server, pem):
    world = World(server, pem, [PUBLIC])

    def refuse(address, seconds):
        raise ConnectionRefusedError

    assert Https(world.resolve, refuse, ssl.create_default_context()).post(f"https://{HOST}/", {}, b"") == (
        0,
        "ConnectionRefusedError",
    )


def test_one_that_answers_byte_by_byte_is_cut_off(pem, monkeypatch):
    """Whatever is sent each moment, the time for all of it ends."""
    monkeypatch.setattr(sender, "SECONDS", 0.5)
    listener = socket.create_server(("127.0.0.1", 0))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(pem)
    stop = threading.Event()

    def drip():
        with contextlib.suppress(OSError), tls.wrap_socket(listener.accept()[0], server_side=True) as held:
            held.recv(10_000)
            while not stop.wait(0.05):
                held.send(b"H")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()

    def dial(address, seconds):
        return socket.create_connection(listener.getsockname(), timeout=30)

    https = Https(lambda _: [PUBLIC], dial, ssl.create_default_context(cafile=pem))
    assert https.post(f"https://{HOST}/", {}, b"").status == 0
    stop.set()
    thread.join()
    listener.close()


def test_the_resolver_gives_each_address_once(monkeypatch):
    found = [(0, 0, 0, "", ("8.8.8.8", 443)), (0, 0, 0, "", ("8.8.8.8", 443)), (0, 0, 0, "", ("::1", 443, 0, 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **named: found)
    assert sender.resolved("x.example") == ["8.8.8.8", "::1"]
