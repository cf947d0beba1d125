"""Where concrete meets abstract: settings in, an open service out."""

from collections.abc import Callable
from functools import partial
from hashlib import blake2b

from analytics.scoring.model import RiskModel
from api.clock import Clock
from api.models import load_risk_model
from api.risks import Risks
from api.service import Service
from api.settings import Settings
from graph.errors import BadInput
from graph.identity import PersonKeys, load_or_create_secret
from graph.law.book import LawBook
from graph.store.bolt import BoltStore
from graph.store.embedded import EmbeddedServer, Endpoint
from loaders.quarantine import Quarantine


def open_service(
    settings: Settings,
    clock: Clock,
    *,
    law: LawBook | None = None,
    start_over: bool = False,
) -> Service:
    """Open the store the settings name and return the service on it.

    The embedded server is started, or attached to when it runs already; the
    deployment's secret is created with a new data folder and demanded afterwards.

    Args:
        settings: the effective settings.
        clock: tells the instant and the day.
        law: the book to use; the shipped one by default.
        start_over: empty a store whose purpose is "demo" first; any other store is
            refused.

    Raises:
        StoreUnavailable: the server does not answer or refuses the password.
        StoreMismatch: the store belongs to another secret or another purpose.
        LawDataError: the law book has faults.
    """
    book = law or LawBook.load()
    secret = deployment_secret(settings)
    keys = PersonKeys(secret)
    server, stop = _server(settings)
    store: BoltStore | None = None
    try:
        store = server()
        if start_over:
            store.start_over()
        store.prepare(key_check=keys.check_value(), purpose=settings.purpose)
        return Service(
            settings=settings,
            clock=clock,
            store=store,
            keys=keys,
            law=book,
            quarantine=Quarantine(settings.data / "quarantine", _seal(secret)),
            risks=Risks(risk_model(settings)),
            close=_closing(store, stop),
        )
    except BaseException:
        if store is not None:
            store.close()
        stop()
        raise


def risk_model(settings: Settings) -> RiskModel:
    """Return the model that the settings name, else the scorecard of the service.

    Raises:
        BadInput: its file is wrong, or made of features as they no longer are.
    """
    return load_risk_model(settings.risk_model)


def open_quarantine(settings: Settings) -> Quarantine:
    """Return the quarantine of the data folder alone; no server is needed for it.

    Raises:
        BadInput: its secret is gone.
    """
    folder = settings.data / "quarantine"
    if not folder.exists():
        return Quarantine(folder, bytes(32))  # holds nothing that could be opened
    return Quarantine(folder, _seal(deployment_secret(settings)))


def _seal(secret: bytes) -> bytes:
    """Return the key of the quarantine: another one than that of persons."""
    return blake2b(secret, digest_size=32, person=b"quarantine").digest()


def deployment_secret(settings: Settings) -> bytes:
    """Return the deployment's secret, creating it with a new data folder.

    Raises:
        BadInput: the folder is in use and its secret is gone, or cannot be written.
    """
    fresh = not (settings.data / "store").exists()
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"数据目录 {settings.data} 无法建立：{error.strerror}。",
            f"The data folder {settings.data} cannot be made: {error.strerror}.",
            hint_zh="请把 CREDITGRAPH_DATA 设为可写的文件夹。",
            hint_en="Set CREDITGRAPH_DATA to a folder you may write.",
        ) from error
    return load_or_create_secret(settings.secret_file, create=fresh)


def _server(
    settings: Settings,
) -> tuple[Callable[[], BoltStore], Callable[[], None]]:
    """Return how to connect to the server that the settings name, and how to leave it."""
    if settings.neo4j_uri:
        endpoint = Endpoint(
            uri=settings.neo4j_uri,
            user=settings.neo4j_user,
            password=settings.password(),
            database=settings.neo4j_database,
        )
        return partial(BoltStore, endpoint), _nothing
    server = EmbeddedServer(settings.data / "store", memory=settings.embedded_memory)
    own = server.start()
    connect = partial(BoltStore, own, lock_folder=settings.data, door=server.door())
    return connect, server.stop


def _nothing() -> None:
    """Leave a server alone that others run."""


def _closing(store: BoltStore, stop: Callable[[], None]) -> Callable[[], None]:
    def close() -> None:
        store.close()
        stop()

    return close
