"""Rows in quarantine: which files have some, what is wrong, and driving them again."""

from io import StringIO
from typing import Annotated, Any, Final

from fastapi import APIRouter, File, Path, Query, Request, Response, UploadFile

from api.access import Caller
from api.dependencies import Paging, Present, Served, Writer, json_answer, page
from api.errors import OutsideScope, described
from api.idempotency import IdempotencyKey
from api.jobs import Job, Jobs
from api.routes.imports import accepted
from api.schemas.acts import PRINTABLE
from api.schemas.base import Answer, Page
from api.schemas.imports import JobItem
from api.schemas.quarantine import WaitingFileItem, WaitingRowItem
from api.showing.cursors import read_cursor, write_cursor
from api.showing.explanations import Language
from api.showing.quarantine import show_file, show_row
from api.uploads import keep_files, name_upload, refuse_names
from graph.errors import BadInput
from loaders.correcting import write_table
from loaders.issues import Reason
from loaders.quarantine import WaitingFile, nothing_waits
from loaders.registry import sources

router = APIRouter(prefix="/v1/quarantine", tags=["quarantine"])

_LISTED: Final = described("outside_scope", "bad_input", "unknown_term")
_READ: Final = described("outside_scope", "not_found", "bad_input")
_SENT: Final = described(
    "outside_scope",
    "not_found",
    "idempotency_key_missing",
    "idempotency_reused",
    "bad_input",
    "too_large",
    "too_many_jobs",
    "unsupported_media_type",
)

_TABLE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}

Digest = Annotated[
    str,
    Path(
        pattern=r"^[0-9a-f]{64}$",
        description="文件的 SHA-256 摘要。SHA-256 of the file.",
        examples=["e1f45cf924a19d829453e28c193141b648b68be11bb15cc27b768fc5a75a210b"],
    ),
]


@router.get("", response_model=Page[WaitingFileItem], responses=_LISTED)
def list_waiting(
    request: Request,
    service: Served,
    caller: Writer,
    seen: Present,
    paging: Paging,
    source: Annotated[
        str | None,
        Query(
            pattern=r"^[a-z][a-z0-9_]*$",
            max_length=80,
            description="只看一个数据源。Of one source only.",
        ),
    ] = None,
    reason: Annotated[
        str | None,
        Query(
            pattern=r"^[a-z_]+$",
            max_length=40,
            description="只看有该原因的。With this reason only.",
        ),
    ] = None,
) -> Response:
    """有行在隔离区等候的文件，等候最久的在前。Files with waiting rows.

    The longest waiting first: how many rows of each file wait, why, and since when.
    """
    _refuse_limited(caller)
    wanted = Reason.parse(reason) if reason else None
    found = [
        file
        for file in service.quarantine.waiting()
        if source in (None, file.source) and (not wanted or wanted in file.reasons)
    ]
    after = tuple(read_cursor(paging.cursor, str, str)) if paging.cursor else ("", "")
    rest = [file for file in found if _place(file) > after]
    shown = rest[: paging.limit]
    more = len(rest) > len(shown)
    answer = page(
        request,
        seen,
        [show_file(file) for file in shown],
        next_cursor=write_cursor(*_place(shown[-1])) if more else None,
        total=len(found),
    )
    return json_answer(answer)


def _place(file: WaitingFile) -> tuple[str, str]:
    return file.since.isoformat() if file.since else "", file.digest


@router.get("/{digest}/rows", response_model=Page[WaitingRowItem], responses=_READ)
def list_waiting_rows(
    request: Request,
    service: Served,
    caller: Writer,
    seen: Present,
    digest: Digest,
    paging: Paging,
) -> Response:
    """一个文件等候的行：错在哪里、怎么改、原行（脱敏）。Waiting rows of a file.

    By line, each with all that is wrong with it, what to do, and its cells, masked.
    """
    _refuse_limited(caller)
    lines = service.quarantine.lines(digest)
    if not lines:
        raise nothing_waits(digest[:12])
    (after,) = read_cursor(paging.cursor, int) if paging.cursor else (0,)
    rest = [line for line in lines if line > after]
    wanted = rest[: paging.limit]
    rows = {r.line: r for r in service.quarantine.rows(digest, only=set(wanted))}
    found = sources().get(service.quarantine.summary(digest).source)
    masking = caller.masking(found, service.law)
    answer = page(
        request,
        seen,
        [show_row(rows[line], masking) for line in wanted if line in rows],
        next_cursor=write_cursor(wanted[-1]) if len(rest) > len(wanted) else None,
        total=len(lines),
    )
    return json_answer(answer)


@router.get("/{digest}/export", responses={**_READ, **_TABLE}, response_class=Response)
def export_waiting_rows(
    service: Served,
    caller: Writer,
    digest: Digest,
    *,
    lang: Language = "zh",
    unmasked: Annotated[
        bool,
        Query(description="写出原文，记入账本。In clear; journaled."),
    ] = False,
    reason: Annotated[
        str | None,
        Query(
            min_length=2,
            max_length=500,
            pattern=PRINTABLE,
            description="为何要原文。Why in clear; required for that.",
        ),
    ] = None,
) -> Response:
    """导出等候的行（CSV），更正后送回 redrive。Export rows for correction, as CSV.

    Sensitive cells are masked. In clear they leave only for keys with the right to
    personal data, with a reason, and after the export was journaled.
    """
    _refuse_limited(caller)
    if unmasked:
        _refuse_unmasked(caller, reason)
    if not service.quarantine.lines(digest):
        raise nothing_waits(digest[:12])
    rows = list(service.quarantine.rows(digest))
    found = sources().get(rows[0].source)
    masking = None if unmasked else caller.masking(found, service.law)
    out = StringIO(newline="")
    write_table(out, rows, masking=masking, language=lang)
    if unmasked:
        service.disclose(
            digest, rows=len(rows), by=caller.actor(None), reason=reason or ""
        )
    return Response(
        out.getvalue().encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{digest[:12]}.csv"',
        },
    )


@router.post(
    "/{digest}:redrive",
    response_model=Answer[JobItem],
    responses=_SENT,
    status_code=202,
)
def redrive_rows(
    request: Request,
    service: Served,
    caller: Writer,
    seen: Present,
    digest: Digest,
    file: Annotated[
        UploadFile | None,
        File(description="更正后的导出；不送即按原样。The corrected export, if any."),
    ] = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """按今天的规则再载入等候的行，或送回更正后的行。Load waiting rows again.

    The rows are loaded aside by the rules of today; what is taken waits no more. With a
    file, which `creditgraph quarantine export` wrote and somebody edited, its rows are.
    The job is read at /v1/imports/{job}.
    """
    _refuse_limited(caller, writing=True)
    files = [file] if file else []
    refuse_names(files)
    name = name_upload(request, caller, idempotency_key, files)
    jobs: Jobs = request.app.state.jobs
    job = jobs.find(name)
    replay = job is not None
    if job is None:
        if not service.quarantine.lines(digest):
            raise nothing_waits(digest[:12])
        folder = jobs.new_folder()
        job = Job(
            name=name,
            owner=caller.key.id,
            folder=folder,
            files=keep_files(folder, files),
            source=None,
            dry_run=False,
            created_at=service.clock.now(),
            redrives=digest,
        )
        jobs.start(job)
    return accepted(request, job, seen, replay=replay)


def _refuse_unmasked(caller: Caller, reason: str | None) -> None:
    """Refuse to show rows in clear without the right to it, or without a reason.

    Raises:
        OutsideScope: the key has no right to personal data.
        BadInput: no reason is given.
    """
    if not caller.scope.personal_data:
        raise OutsideScope(
            "这个密钥无权查看个人信息，不能导出原文。",
            "This key has no right to personal data; it may not export rows in clear.",
            hint_zh="请使用有权查看个人信息的密钥，或导出脱敏的行。",
            hint_en="Use a key with that right, or export the rows masked.",
        )
    if not reason:
        raise BadInput(
            "导出原文须写明理由（reason）。",
            "An export in clear needs a reason.",
            hint_zh="理由记入账本。",
            hint_en="It is kept in the journal.",
        )


def _refuse_limited(caller: Caller, *, writing: bool = False) -> None:
    """Refuse keys that may not see, or not load, what may be about anybody.

    Raises:
        OutsideScope: the key is limited.
    """
    if not caller.may_see_raw_rows or (writing and not caller.scope.sees_all):
        raise OutsideScope(
            "限定部门、行业或地区的密钥不能处理隔离区的行。",
            "A key limited to departments, sectors or regions may not handle rows in "
            "quarantine.",
            hint_zh="它们可能涉及任何主体：请使用不限范围的 writer 密钥。",
            hint_en="They may be about anybody: use an unlimited writer key.",
        )
