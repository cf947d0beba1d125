"""`counterfactual` and `proof`: what would lift an effect, and what proves it."""

import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from analytics.proof.building import prove
from analytics.proof.canonical import Algorithm, canonical
from analytics.proof.checking import check as check_proof
from analytics.propagation.counterfactual import counterfactual as lifting
from analytics.propagation.lifting import tell
from api.cli.reading import (
    AsOf,
    EffectId,
    Form,
    Json,
    KnownAt,
    effect_of,
    print_tree,
    sight,
)
from api.console import EXIT_FAULTS, terminal
from graph.errors import BadInput, NotFound

app = typer.Typer(no_args_is_help=True, add_completion=False)

_LARGEST = 64 * 2**20
"""A proof is some kilobytes; a file beyond this is none."""


def register(main: typer.Typer) -> None:
    """Add the commands to the application."""
    main.command("counterfactual")(counterfactual)
    main.add_typer(app, name="proof", help="证明：出具与离线核验。Proofs of effects.")


def counterfactual(
    context: typer.Context,
    effect: EffectId,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Form = "text",
    as_json: Json = False,
) -> None:
    """什么会使一个后果终止：最小的事实组合。What would lift an effect."""
    term = terminal(context)
    with term.service() as service:
        view = sight(service, as_of, known_at).view
        found = effect_of(view.derivation, effect)
        sets = lifting(found, view.derivation, day=view.day)
        if sets is None:
            raise _over(effect, view.as_of.isoformat())
        tree = tell(sets, view.snapshot, view.law)
    print_tree(term, tree, "json" if as_json else form)


@app.command()
def show(
    context: typer.Context,
    effect: EffectId,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    algorithm: Annotated[
        Algorithm, typer.Option(help="摘要算法 sha256 或 sm3。Digest algorithm.")
    ] = "sha256",
    out: Annotated[
        Path | None, typer.Option(help="写入文件，默认标准输出。Write to a file.")
    ] = None,
) -> None:
    """出具证明：事实、条文、步骤及摘要（JSON）。Write the proof of an effect."""
    term = terminal(context)
    with term.service() as service:
        view = sight(service, as_of, known_at).view
        found = effect_of(view.derivation, effect)
        proof = prove(found, view.derivation, day=view.day, algorithm=algorithm)
    if proof is None:
        raise _over(effect, view.as_of.isoformat())
    if out is None:
        sys.stdout.write(canonical(proof).decode() + "\n")
    else:
        out.write_bytes(canonical(proof) + b"\n")
        term.print(
            term.say(
                f"已写入 {out}：{len(proof['facts'])} 项事实，{len(proof['law'])} 条规定，"
                f"{len(proof['steps'])} 步。",
                f"Written to {out}: {len(proof['facts'])} facts, {len(proof['law'])} "
                f"provisions, {len(proof['steps'])} steps.",
            )
        )


@app.command()
def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="证明文件。The proof.")],
    as_json: Json = False,
) -> None:
    """离线核验证明，不需要数据库。Check a proof; needs no store. Exit code 7: faults."""
    term = terminal(context)
    proof = _read(file)
    faults = check_proof(proof)
    if as_json:
        term.json({"holds": not faults, "faults": [f._asdict() for f in faults]})
    elif faults:
        term.print(term.say("证明不成立：", "The proof does not hold:"))
        for fault in faults:
            term.out.print(
                f"  {fault.part}: {term.say(fault.zh, fault.en)}",
                markup=False,
                soft_wrap=True,
            )
    else:
        claim = proof["claim"]
        term.print(
            term.say(
                f"证明成立：{claim['bearer']} 在 {claim['day']} 的 {claim['measure']} 为"
                f" {claim['status']}；{len(proof['facts'])} 项事实、{len(proof['law'])} "
                f"条规定、{len(proof['steps'])} 步均核对无误。摘要 {proof['digest']}",
                f"The proof holds: {claim['measure']} of {claim['bearer']} is "
                f"{claim['status']} on {claim['day']}; {len(proof['facts'])} facts, "
                f"{len(proof['law'])} provisions and {len(proof['steps'])} steps were "
                f"checked. Digest {proof['digest']}",
            )
        )
    if faults:
        raise typer.Exit(EXIT_FAULTS)


def _read(file: Path) -> Any:
    """Return the JSON of a file.

    Raises:
        BadInput: it cannot be read, is far too large or is no JSON.
    """
    try:
        if file.stat().st_size > _LARGEST:
            raise BadInput(
                f"{file} 超过 64 MB，不是证明文件。",
                f"{file} is larger than 64 MB, so it is no proof.",
            )
        return orjson.loads(file.read_bytes())
    except OSError as error:
        raise BadInput(
            f"无法读取 {file}：{error.strerror}。",
            f"{file} cannot be read: {error.strerror}.",
        ) from error
    except orjson.JSONDecodeError as error:
        raise BadInput(
            f"{file} 第 {error.lineno} 行第 {error.colno} 列不是 JSON。",
            f"{file} is no JSON at line {error.lineno}, column {error.colno}.",
            hint_zh="请给出 `creditgraph proof show` 写出的文件。",
            hint_en="Give a file that `creditgraph proof show` wrote.",
        ) from error


def _over(effect: str, day: str) -> NotFound:
    return NotFound(
        f"后果 {effect} 在 {day} 没有效力，无从证明。",
        f"The effect {effect} does not stand on {day}.",
        hint_zh="用 --as-of 指定它仍然有效的一天。",
        hint_en="Name a day on which it held with --as-of.",
    )
