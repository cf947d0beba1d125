"""The card of a model: what it is from, how well it tells, what it must not be used for.

The same content as JSON (in the model's file), as Markdown and as pictures.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from analytics.learning.modelfile import ModelFile

_LIMITS: Final = (
    "评分是线索，不产生法律后果；不得据此对任何主体减损权益。"
    "A score is a lead; nobody's rights are cut back for it.",
    "只对组织评分；人员姓名、证件号码不进入特征。"
    "Only organizations are scored; names and ID numbers are no features.",
    "过去的处罚反映过去检查了谁；少受检查的主体看起来风险低。"
    "Past penalties show whom somebody inspected; who was not looks safe.",
    "相关不是原因；一项特征改变不等于风险随之改变。What goes together is no cause.",
)
_BY_DATES: Final = (
    "账本没有回溯到各截止日：当时有什么以日期判断，检查、投诉的结果以今天所载为准，"
    "因此各项指标偏乐观。The journal does not go back to the cuts: dates decide what was "
    "there, and results of inspections are as told today, so figures are optimistic."
)


def markdown(file: ModelFile, pictures: tuple[str, ...] = ()) -> str:
    """Return the card as Markdown; its first line says what the records are."""
    return "\n".join(_lines(file, pictures)) + "\n"


def _lines(file: ModelFile, pictures: tuple[str, ...]) -> Iterator[str]:
    origin, report = file.origin, file.report
    yield f"> **{origin.data.zh}** {origin.data.en}"
    yield ""
    yield f"# 模型卡 Model card: {file.key}-{file.digest[:12]}"
    yield ""
    yield from _table(
        ("", ""),
        [
            ("目标 target", f"{file.horizon_days} 天内新的严重记录，{_sector(file)}"),
            ("截止日 cuts", f"{origin.train} → {origin.calibrate} → {origin.test}"),
            ("特征 features", f"{len(file.features)}（{file.features_digest}）"),
            ("模型 core", file.core.kind),
            ("种子 seed", str(origin.seed)),
            ("负责人 owner", origin.owner or "—"),
            ("有效至 expires", origin.expires),
            (
                "版本 versions",
                ", ".join(f"{k} {v}" for k, v in origin.versions.items()),
            ),
            ("摘要 digest", file.digest),
        ],
    )
    if report:
        yield from _report(report)
    for picture in pictures:
        yield f"![{picture}]({picture})"
        yield ""
    yield "## 界限 Limits"
    yield ""
    if not origin.known_then:
        yield f"- {_BY_DATES}"
    for limit in _LIMITS:
        yield f"- {limit}"


def _sector(file: ModelFile) -> str:
    return f"行业 {file.sector}" if file.sector else "不限行业 any sector"


def _report(report: dict[str, Any]) -> Iterator[str]:
    yield "## 数据 Rows"
    yield ""
    rows = [
        (what, str(n), str(p), f"{report['base_rate'][what]:.4f}")
        for what, (n, p) in report["rows"].items()
    ]
    yield from _table(("cut", "organizations", "positives", "base rate"), rows)
    measured = report["metrics"]
    yield "## 在后一期上 On the later window"
    yield ""
    yield from _table(
        ("measure", "value"),
        [
            ("ROC-AUC", _interval(measured["auc"])),
            ("PR-AUC", _interval(measured["average_precision"])),
            ("KS", f"{measured['ks']:.3f}"),
            (
                "hits within the budget",
                f"{measured['hits_at_budget']:.1f} / {measured['budget']}",
            ),
            ("precision within the budget", f"{measured['precision_at_budget']:.3f}"),
            ("lift within the budget", f"{measured['lift_at_budget']:.2f}"),
            ("lift at 10 %", f"{measured['lift_at_10']:.2f}"),
            ("Brier", f"{report['probabilities']['brier']:.5f}"),
            (
                "Brier of the base rate",
                f"{report['probabilities']['brier_of_base']:.5f}",
            ),
            (
                "calibration error",
                f"{report['probabilities']['calibration_error']:.4f}",
            ),
            ("PSI of the raw score", f"{report['psi']:.4f}"),
        ],
    )
    yield from _ablation(report)
    yield from _controls(report)
    for what, groups in report["breakdown"].items():
        yield f"### By {what}"
        yield ""
        rows = [
            (g["key"], str(g["rows"]), str(g["positives"]), _interval(g["auc"]))
            for g in groups
        ]
        yield from _table((what, "organizations", "positives", "ROC-AUC"), rows)


def _ablation(report: dict[str, Any]) -> Iterator[str]:
    yield "## 各族特征 Ablation"
    yield ""
    rows = [
        (
            step["step"],
            str(step["features"]),
            f"{step['auc']:.3f}",
            _interval(step.get("auc_gain")),
            f"{step['average_precision']:.3f}",
            _interval(step.get("average_precision_gain")),
            {True: "是 yes", False: "否 no"}.get(step.get("earned"), "—"),
        )
        for step in report["ablation"]
    ]
    heads = ("+", "features", "AUC", "gain", "AP", "gain", "earned its place")
    yield from _table(heads, rows)
    base = report["baseline"]
    yield (
        f"逻辑回归基线 logistic baseline: AUC {base['auc']:.3f}, AP "
        f"{base['average_precision']:.3f}; 模型与之差 the model beside it: "
        f"{_interval(base['model_auc_gain'])}, {_interval(base['model_average_precision_gain'])}"
    )
    yield ""
    parts = [
        (name, f"{one['auc']:.3f}", f"{one['average_precision']:.3f}", one["digest"],
         ", ".join(map(str, one["rows"])))
        for name, one in report["folds"].items()
    ]  # fmt: skip
    yield from _table(("folds", "AUC", "AP", "digest", "rows"), parts)


def _controls(report: dict[str, Any]) -> Iterator[str]:
    found = report["controls"]
    yield "## 对照 Controls"
    yield ""
    yield from _table(
        ("control", "value"),
        [
            ("shuffled labels, AUC (≈ .5)", f"{found['shuffled_labels_auc']:.3f}"),
            ("gain of links, AUC", _interval(found["links_gain"])),
            ("gain of rewired links, AUC (≈ 0)", _interval(found["rewired_gain"])),
        ],
    )
    yield (
        f"**警告 Warning**: 让模型看见结果时 AUC 为 {found['leak_ceiling_auc']:.3f}——接近它的"
        "模型有泄漏。With outcomes visible the AUC is so; a model near it leaks."
    )
    yield ""
    for what, shares in report["coverage"].items():
        told = ", ".join(f"{name} {share:.1%}" for name, share in shares.items())
        yield f"- {what}: {told}"
    yield ""


def _interval(found: dict[str, float] | None) -> str:
    if found is None:
        return "—"
    return f"{found['value']:.3f} [{found['low']:.3f}, {found['high']:.3f}]"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def draw(file: ModelFile, folder: Path) -> tuple[str, ...]:
    """Write the pictures of a report as SVG, and return their names.

    Calibration, what the budget finds, and the ablation; English, for the fonts that
    every machine has.
    """
    # The drawing library takes half a second to import; only this needs it.
    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "creditgraph"
    from matplotlib import pyplot as plt  # noqa: PLC0415

    report = file.report
    figure, axes = plt.subplots(1, 3, figsize=(12, 3.6), layout="constrained")
    table = report["probabilities"]["table"]
    axes[0].plot([0, 1], [0, 1], color="grey", lw=0.8)
    axes[0].plot([b["said"] for b in table], [b["came"] for b in table], "o-")
    most = max((max(b["said"], b["came"]) for b in table), default=1) * 1.1
    axes[0].set(xlim=(0, most), ylim=(0, most), title="calibration", xlabel="said", ylabel="came")  # fmt: skip
    steps = report["ablation"]
    places = range(len(steps))
    axes[1].bar(places, [s["auc"] for s in steps])
    axes[1].set_xticks(list(places), [s["step"] for s in steps])
    axes[1].set(ylim=(0.5, 1), title="ablation, ROC-AUC")
    measured = report["metrics"]
    lifts = (measured["lift_at_budget"], measured["lift_at_10"])
    axes[2].bar(("budget", "10 %"), lifts)
    axes[2].axhline(1, color="grey", lw=0.8)
    axes[2].set(title="lift")
    name = "model.svg"
    figure.savefig(folder / name, metadata={"Date": None})
    plt.close(figure)
    return (name,)
