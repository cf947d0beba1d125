"""Loading files: upload, dry run, progress and report."""

from typing import Annotated, Final

from fastapi import (
    APIRouter,
    Depends,
    Form,
    Path,
    Query,
    Request,
    Response,
    UploadFile,
)

from api.access import Sight
from api.dependencies import (
    Present,
    Reader,
    Served,
    Writer,
    json_answer,
    meta,
)
from api.errors import OutsideScope, described, language_for
from api.idempotency import IdempotencyKey
from api.jobs import Job, Jobs
from api.keys import KeyRole
from api.schemas.base import Answer, Day
from api.schemas.imports import JobItem
from api.showing.jobs import show_job
from api.uploads import keep_files, name_upload, refuse_names
from loaders.expecting import Acceptance
from loaders.formats import Format, Given, given

router = APIRouter(prefix="/v1/imports", tags=["imports"])

FILES_AT_MOST: Final = 20

_SENT = described(
    "outside_scope",
    "idempotency_key_missing",
    "idempotency_reused",
    "bad_input",
    "too_large",
    "too_many_jobs",
    "unsupported_media_type",
)
_READ = described("not_found")
_VARIES: Final = {"Vary": "Accept-Language"}
"""Of an answer that may tell why a job failed."""


def _given(
    encoding: Annotated[
        str | None,
        Query(
            max_length=40,
            description="文字编码；不写则自动识别。Encoding of text files; else found.",
        ),
    ] = None,
    delimiter: Annotated[
        str | None,
        Query(
            max_length=3,
            description="CSV 的分隔符，或 tab；不写则自动识别。Delimiter of CSV; else found.",
        ),
    ] = None,
    format: Annotated[  # noqa: A002  # the word that users write
        Format | None,
        Query(description="格式；不写则自动识别。Format of the files; else found."),
    ] = None,
) -> Given:
    """Return what the request says about its files."""
    return given(encoding, delimiter, format)


@router.post("", response_model=Answer[JobItem], responses=_SENT, status_code=202)
def import_files(
    request: Request,
    service: Served,
    caller: Writer,
    seen: Present,
    files: list[UploadFile],
    source: Annotated[
        str | None,
        Query(
            pattern=r"^[a-z][a-z0-9_]*$",
            max_length=80,
            description="数据源；不写则按表头识别。Source; else known by its headings.",
        ),
    ] = None,
    *,
    dry_run: Annotated[
        bool, Query(description="只说明会改变什么。Only say what would change.")
    ] = False,
    said: Annotated[Given, Depends(_given)],
    on: Annotated[
        Day | None,
        Query(
            description="文件所述之日，默认今天。Day the files speak of, else today."
        ),
    ] = None,
    accept: Annotated[
        str | None,
        Form(
            max_length=500,
            description="与应有的不符仍载入的理由，记入账本。Why files that shrink or "
            "degrade are loaded all the same; kept in the journal.",
        ),
    ] = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """上传文件并载入：每行或新、或已知、或隔离并说明原因。Load files.

    Files (CSV, XLSX, JSON, JSON Lines, Parquet) are loaded aside: every row is new,
    known or quarantined with a reason. With `dry_run` nothing is written, and the report
    says what would change. A file that shrinks or degrades fails with
    `expectation_missed` unless it is accepted.
    """
    if not caller.scope.sees_all:
        raise OutsideScope(
            "限定部门、行业或地区的密钥不能导入文件。",
            "A key limited to departments, sectors or regions may not load files.",
            hint_zh="文件可能涉及任何主体：请使用不限范围的 writer 密钥。",
            hint_en="A file may say anything about anybody: use an unlimited writer "
            "key.",
        )
    refuse_names(files)
    acceptance = None if accept is None else Acceptance(accept, caller.actor(None))
    name = name_upload(request, caller, idempotency_key, files, said=accept or "")
    jobs: Jobs = request.app.state.jobs
    job = jobs.find(name)
    replay = job is not None
    if job is None:
        folder = jobs.new_folder()
        job = Job(
            name=name,
            owner=caller.key.id,
            folder=folder,
            files=keep_files(folder, files),
            source=source,
            given=said,
            dry_run=dry_run,
            on=on,
            acceptance=acceptance,
            created_at=service.clock.now(),
        )
        jobs.start(job)
    return accepted(request, job, seen, replay=replay)


def accepted(request: Request, job: Job, seen: Sight, *, replay: bool) -> Response:
    """Return the answer that a job was taken on, or was before."""
    headers = {"Location": f"/v1/imports/{job.id}", **_VARIES}
    if replay:
        headers["Idempotent-Replay"] = "true"
    item = show_job(job, seen, language=language_for(request))
    return json_answer(
        Answer(meta=meta(request, seen), item=item), status=202, headers=headers
    )


@router.get("/{job}", response_model=Answer[JobItem], responses=_READ)
def read_import(
    request: Request,
    caller: Reader,
    seen: Present,
    job: Annotated[
        str,
        Path(pattern=r"^[0-9a-f]{32}$", description="载入任务的标识。Id of the job."),
    ],
) -> Response:
    """载入任务的进度与报告；只有提交者与运维可见。Progress of a load.

    Progress and report of a load, for the key that sent it and for operators.
    """
    jobs: Jobs = request.app.state.jobs
    owner = None if caller.role is KeyRole.OPERATOR else caller.key.id
    found = jobs.read(job, owner=owner)
    item = show_job(found, seen, language=language_for(request))
    return json_answer(Answer(meta=meta(request, seen), item=item), headers=_VARIES)
