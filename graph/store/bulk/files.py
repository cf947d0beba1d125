"""The graph as files for `neo4j-admin database import`, with the journal in it.

One file for each sort of nodes and relationships that occurs, named by its labels and
columns; the command line that imports them lies beside them. What is null is an empty
field, an empty text is quoted: the importer keeps them apart.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from graph.store.bulk.painting import Edges, Entries, Nodes, Painting
from graph.store.queries import Row

ARRAY_DELIMITER: Final = ";"
"""Lists hold words of closed vocabularies and numbers, in which it does not occur."""
EMPTY_LIST: Final = "empty_list"
"""Names the list of a node that is empty: the importer leaves such a list out."""
_BUFFER: Final = "16m"
"""The importer wants a buffer larger than the largest field, a page in decimals."""
_TYPES: Final = (
    (pa.types.is_date, "date"),
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_integer, "long"),
)


class ImportFiles:
    """Writes the files into a folder.

    Args:
        folder: where they go; it must be empty.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, csv.CSVWriter] = {}
        self._nodes: list[tuple[str, Path]] = []
        self._edges: list[tuple[str, Path]] = []
        self.written: dict[str, int] = {"nodes": 0, "relationships": 0}

    def write(
        self, painting: Painting, entries: Entries, singles: Mapping[str, Row]
    ) -> None:
        """Write everything: facts, journal, and nodes of which there is one (`singles`)."""
        for nodes in painting.nodes():
            self._node(nodes)
        for edges in painting.edges():
            self._edge(edges)
        self._journal(entries)
        for label, properties in singles.items():
            self._node(_single(label, label, properties))
        for writer in self._open.values():
            writer.close()

    def arguments(self) -> list[str]:
        """Return what `neo4j-admin database import full` is told."""
        return [
            *(f"--nodes={labels}={path}" for labels, path in self._nodes),
            *(f"--relationships={type_}={path}" for type_, path in self._edges),
            "--id-type=string",
            f"--read-buffer-size={_BUFFER}",
            "--multiline-fields=true",
            "--overwrite-destination=true",
        ]

    # ---- the journal -----------------------------------------------------

    def _journal(self, entries: Entries) -> None:
        for load, pages in entries():
            name = f"load:{load['seq']}"
            self._node(_single("Load", name, load))
            for page in pages:
                page_name = f"page:{page['seq']}:{page['part']}"
                self._node(_single("Page", page_name, page))
                self._edge(Edges("HAS_PAGE", pa.array([name]), pa.array([page_name])))

    # ---- one table -------------------------------------------------------

    def _node(self, nodes: Nodes) -> None:
        names, columns = _headed(nodes.table)
        table = pa.table([_text(nodes.ids), *columns], names=[":ID", *names])
        self._add(self._nodes, ":".join(nodes.labels), table)
        self.written["nodes"] += table.num_rows

    def _edge(self, edges: Edges) -> None:
        names, columns = _headed(edges.table) if edges.table else ([], [])
        ends = [_text(edges.starts), _text(edges.ends)]
        table = pa.table([*ends, *columns], names=[":START_ID", ":END_ID", *names])
        self._add(self._edges, edges.type, table)
        self.written["relationships"] += table.num_rows

    def _add(self, files: list[tuple[str, Path]], word: str, table: pa.Table) -> None:
        name = f"{word.replace(':', '-')}-{_mark(table.column_names)}.csv"
        if name not in self._open:
            path = self._folder / name
            options = csv.WriteOptions(quoting_style="all_valid", include_header=False)
            with path.open("w", encoding="utf-8") as file:
                file.write(",".join(table.column_names) + "\n")
            self._open[name] = csv.CSVWriter(
                pa.OSFile(str(path), "ab"), table.schema, write_options=options
            )
            files.append((word, path))
        self._open[name].write_table(table)


def _mark(names: Sequence[str]) -> str:
    """Return a short word for a set of columns, so that each has a file of its own."""
    return blake2b(",".join(names).encode(), digest_size=4).hexdigest()


def _headed(table: pa.Table) -> tuple[list[str], list[pa.Array]]:
    """Return headings with types, and the columns as text."""
    names, columns = [], []
    for name in table.column_names:
        values = table[name]
        kind = next((k for is_, k in _TYPES if is_(values.type)), "string")
        if pa.types.is_list(values.type):
            kind, values = "string[]", _text(pc.binary_join(values, ARRAY_DELIMITER))
            bare = pc.equal(values, "")
            if pc.any(bare).as_py():
                names.append(f"{EMPTY_LIST}:string")
                columns.append(pc.if_else(bare, name, pa.scalar(None, pa.string())))
        elif pa.types.is_binary(values.type):
            kind, values = "byte[]", pa.array(list(map(_bytes, values.to_pylist())))
        names.append(f"{name}:{kind}")
        columns.append(_text(values))
    return names, columns


def _bytes(data: bytes) -> str:
    signed = np.frombuffer(data, np.int8)
    return ARRAY_DELIMITER.join(map(str, signed.tolist()))


def _text(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return values if pa.types.is_string(values.type) else values.cast(pa.string())


def _single(label: str, name: str, properties: Mapping[str, object]) -> Nodes:
    known = {k: [v] for k, v in properties.items() if v is not None}
    return Nodes((label,), pa.array([name]), pa.table(known))
