"""A store without a server: what BoltStore promises, over facts in memory."""

from collections.abc import Iterator, Sequence
from typing import Any

from graph.batch import Batch, Load, Page, Receipt
from graph.errors import StoreUnavailable
from graph.schema import SCHEMAS
from graph.scope import Scope
from graph.snapshot import Facts
from graph.snapshot.intake import take_in
from graph.store.projection import EffectDelta
from graph.vocabulary import FactKind


class Info:
    server = "memory"
    purpose = "demo"


class MemoryStore:
    """Takes batches as the journal does; `is_away` plays a server that is down."""

    info = Info()
    takes_bulk = False

    def __init__(self) -> None:
        self.facts = Facts()
        self.is_away = False
        self.asked_for_details = 0
        self._known: dict[str, Receipt] = {}
        self._whole: dict[FactKind, dict[bytes, dict[str, Any]]] = {}
        self._payloads: dict[int, bytes] = {}
        self._pages: list[Page] = []

    def append(self, batch: Batch) -> Receipt:
        self.head()
        if batch.batch in self._known:
            seen = self._known[batch.batch]
            return Receipt(seen.seq, 0, 0, 0, batch.rows, repeated=True)
        intake = take_in(batch, self.facts)
        seq = self.facts.seq + 1
        pages = [Page(seq, i, k, t) for i, (k, t) in enumerate(intake.tables)]
        load = Load(
            seq=seq,
            batch=batch.batch,
            kind=batch.kind,
            source=batch.source,
            file=batch.file,
            digest=batch.digest,
            recorded_at=batch.recorded_at,
            counts={},
            note=batch.note,
            chain=f"{seq:064x}",
        )
        self.facts.apply(load, pages)
        self._keep(pages)
        self._pages += pages
        if batch.payload is not None:
            self._payloads[seq] = batch.payload
        self._known[batch.batch] = intake.receipt(seq)
        return self._known[batch.batch]

    def _keep(self, pages: Sequence[Page]) -> None:
        for page in pages:
            whole = self._whole.setdefault(page.kind, {})
            for row in page.table.to_pylist():
                whole[row["key"]] = row

    def details(
        self, kind: FactKind, keys: Sequence[bytes], *, scope: Scope
    ) -> dict[bytes, dict[str, Any]]:
        self.head()
        self.asked_for_details += 1
        names = [c.name for c in SCHEMAS[kind].columns]
        whole = self._whole.get(kind, {})
        return {
            key: {name: whole[key][name] for name in names}
            for key in keys
            if key in whole
            and scope.allows(
                public=whole[key]["public"],
                department=whole[key]["department"] or "",
                sector=whole[key]["sector"] or "",
                region=whole[key]["region"] or "",
            )
        }

    def pages(self, since: int = 0, until: int | None = None) -> Iterator[Page]:
        end = self.facts.seq if until is None else until
        return (page for page in self._pages if since < page.seq <= end)

    def catch_up(self) -> int:
        return self.head()

    def head(self) -> int:
        if self.is_away:
            raise StoreUnavailable("服务器没有应答。", "The server does not answer.")
        return self.facts.seq

    def payload(self, seq: int) -> bytes:
        return self._payloads[seq]

    def projected_ids(self) -> set[str]:
        return set()

    def project_effects(
        self, delta: EffectDelta, *, load: int, law_digest: str
    ) -> None:
        pass

    def close(self) -> None:
        pass
