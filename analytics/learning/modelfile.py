"""A learnt model as one JSON file: numbers and texts, no program, refused when damaged.

Features are named with a digest of their texts, units and directions; where those of
today are others, the model is refused. A digest over the whole file tells a change.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analytics.features import Feature, catalogue_digest
from analytics.features.matrix import named
from analytics.learning.calibration import Curve
from analytics.learning.logistic import Linear
from analytics.learning.model import LearnedModel
from analytics.learning.trees import Forest
from analytics.scoring.model import Band, Card, check_features
from graph.errors import BadInput, Said

FORMAT: Final = 1
_BANDS: Final = (
    Band("low", 0.0, Said("低", "low")),
    Band("moderate", 20.0, Said("中", "moderate")),
    Band("elevated", 35.0, Said("较高", "elevated")),
    Band("high", 50.0, Said("高", "high")),
)
"""The base rate stands at 20 points; twice its odds at 30, eight times at 50."""


class Part(BaseModel):
    """Closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Part):
    """A text in both languages."""

    zh: str
    en: str


class Trees(Part):
    """A forest in columns."""

    kind: Literal["trees"]
    base: float
    roots: list[int]
    feature: list[int]
    threshold: list[float]
    missing_left: list[bool]
    left: list[int]
    right: list[int]
    value: list[float]


class Weights(Part):
    """A linear model in columns."""

    kind: Literal["linear"]
    base: float
    median: list[float]
    scale: list[float]
    weight: list[float]
    unknown: list[float]


class Origin(Part):
    """Where a model is from: days of the cuts, what it was fitted to, by what.

    Args:
        data: what the records are, first line of the card.
        invented: the records are of an invented city.
        train: days of the cuts; so are `calibrate` and `test`.
        known_then: features were read as known at each cut; else by dates alone.
        owner: who answers for the model.
        expires: day after which it is to be trained anew.
    """

    data: Text
    invented: bool
    train: str
    calibrate: str
    test: str
    known_then: bool
    seed: int
    owner: str
    expires: str
    versions: dict[str, str]


class ModelFile(Part):
    """The content of a model's file."""

    format: Literal[1]
    kind: Literal["learned"]
    key: str
    horizon_days: int
    sector: str | None
    features: list[str]
    features_digest: str
    base: float = Field(gt=0, lt=1)
    typical: list[float | None]
    core: Trees | Weights = Field(discriminator="kind")
    curve_raw: list[float]
    curve_probability: list[float]
    origin: Origin
    report: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class Fitted:
    """What training made, before it has a file."""

    key: str
    features: tuple[Feature, ...]
    horizon: int
    sector: str | None
    core: Forest | Linear
    curve: Curve
    base: float
    typical: np.ndarray[tuple[int], np.dtype[np.float64]]
    origin: Origin


def write_model(path: Path, fitted: Fitted, report: dict[str, Any]) -> ModelFile:
    """Write a model with its report, and return the content."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "kind": "learned",
        "key": fitted.key,
        "horizon_days": fitted.horizon,
        "sector": fitted.sector,
        "features": [one.name for one in fitted.features],
        "features_digest": catalogue_digest(fitted.features),
        "base": fitted.base,
        "typical": [None if np.isnan(v) else float(v) for v in fitted.typical],
        "core": _core(fitted.core),
        "curve_raw": list(fitted.curve.raw),
        "curve_probability": list(fitted.curve.probability),
        "origin": fitted.origin.model_dump(),
        "report": report,
    }
    content["digest"] = _digest(content)
    path.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
    return ModelFile.model_validate(content)


def _core(core: Forest | Linear) -> dict[str, Any]:
    kind = "trees" if isinstance(core, Forest) else "linear"
    columns = {name: getattr(core, name) for name in core.__slots__}
    plain = {
        n: v.tolist() if isinstance(v, np.ndarray) else v for n, v in columns.items()
    }
    return {"kind": kind, **plain}


def _digest(content: dict[str, Any]) -> str:
    whole = {name: value for name, value in content.items() if name != "digest"}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def read_file(path: Path) -> ModelFile:
    """Return the content of a model's file.

    Raises:
        BadInput: it cannot be read, is not such a file, or was changed.
    """
    try:
        content = json.loads(path.read_bytes())
        found = ModelFile.model_validate(content)
    except (OSError, ValueError, ValidationError) as error:
        raise BadInput(
            f"{path} 不是模型文件：{_first(error)}。",
            f"{path} is not a model file: {_first(error)}.",
            hint_zh="用 `creditgraph model train` 生成。",
            hint_en="Make one with `creditgraph model train`.",
        ) from error
    if _digest(content) != found.digest:
        raise BadInput(
            f"{path} 的内容与其摘要不符：文件被改动或者损坏。",
            f"{path} does not agree with its digest: it was changed or is damaged.",
            hint_zh="重新训练，或者从备份恢复。",
            hint_en="Train anew, or restore it from a backup.",
        )
    return found


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        one = error.errors()[0]
        return f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
    return str(error)


def load_model(path: Path) -> LearnedModel:
    """Return the model of a file.

    Raises:
        BadInput: as `read_file`, or its features are not those of today.
    """
    file = read_file(path)
    features = named(file.features)
    check_features(path.name, features, file.features_digest)
    typical = [np.nan if value is None else value for value in file.typical]
    return LearnedModel(
        card_of(file, features),
        _core_of(file.core),
        Curve(tuple(file.curve_raw), tuple(file.curve_probability)),
        file.base,
        np.array(typical, np.float64),
    )


def _core_of(core: Trees | Weights) -> Forest | Linear:
    if isinstance(core, Weights):
        columns = (core.median, core.scale, core.weight, core.unknown)
        return Linear(core.base, *(np.array(c, np.float64) for c in columns))
    return Forest(
        core.base,
        np.array(core.roots, np.int32),
        np.array(core.feature, np.int32),
        np.array(core.threshold, np.float64),
        np.array(core.missing_left, np.bool_),
        np.array(core.left, np.int32),
        np.array(core.right, np.int32),
        np.array(core.value, np.float64),
    )


def card_of(file: ModelFile, features: tuple[Feature, ...]) -> Card:
    """Return what a model says of itself beside every score."""
    data = Said(file.origin.data.zh, file.origin.data.en)
    return Card(
        id=f"{file.key}-{file.digest[:12]}",
        kind="learned",
        label=Said("学习模型", "learnt model"),
        features=features,
        digest=file.digest,
        horizon=file.horizon_days,
        sector=file.sector,
        bands=_BANDS,
        warning=data if file.origin.invented else None,
        calibrated_on=Said(
            f"以 {file.origin.calibrate} 为截止日的一期",
            f"a window from {file.origin.calibrate}",
        ),
    )
