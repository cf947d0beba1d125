"""What of a file is not used: columns that nobody described, what is beside the table."""

from collections.abc import Iterator

from loaders.description import SourceDescription
from loaders.issues import Issue, Reason
from loaders.registry import unknown_headings
from loaders.tabular import TextFile


def unused(file: TextFile, source: SourceDescription) -> Iterator[Issue]:
    """Yield an issue for each column that is not used, and what is beside the table."""
    yield from file.told
    name, line = file.path.name, file.heading_line
    for heading in unknown_headings(source, file.headings):
        yield Issue(
            file=name,
            line=line,
            field=heading,
            value="",
            reason=Reason.COLUMN,
            message_zh=f"列“{heading}”未在数据源 {source.key} 中说明，未采用",
            message_en=f"the column '{heading}' is not described in the source "
            f"{source.key}; it is not used",
            advice_zh="在 source.yaml 中映射或忽略",
            advice_en="map it or ignore it by name",
            fatal=False,
        )
