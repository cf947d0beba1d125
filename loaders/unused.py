"""What of a file is not used: columns that nobody described, sheets beside the first."""

from collections.abc import Iterator

from loaders.description import SourceDescription
from loaders.issues import Issue, Reason
from loaders.registry import unknown_headings
from loaders.tabular import TextFile


def unused(file: TextFile, source: SourceDescription) -> Iterator[Issue]:
    """Yield an issue for each column, and each sheet, that is not used."""
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
    for sheet in file.unread:
        yield Issue(
            file=name,
            line=line,
            field=sheet,
            value="",
            reason=Reason.SHEET,
            message_zh=f"工作表“{sheet}”有内容，未读取；只读取第一张有内容的表",
            message_en=f"the sheet '{sheet}' has content and is not read; only the "
            "first sheet with content is",
            advice_zh="另存为单独的文件再载入",
            advice_en="save it as a file of its own",
            fatal=False,
        )
