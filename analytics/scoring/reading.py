"""A scorecard from its file: closed, every fault with its line, nothing guessed."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from graph.errors import BadInput
from graph.law.strict_yaml import read

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]


class Part(BaseModel):
    """Closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Labels(Part):
    """A text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Step(Part):
    """From this value on, so many points; decimals are written as texts."""

    least: float = Field(alias="from")
    points: int = Field(ge=-100, le=100)


class Item(Part):
    """The points of one feature, and why."""

    feature: Key
    steps: tuple[Step, ...] = Field(min_length=1)
    unknown: int = Field(default=0, ge=-100, le=100)
    why: Labels

    @model_validator(mode="after")
    def _ascending(self) -> "Item":
        bounds = [step.least for step in self.steps]
        if bounds != sorted(set(bounds)):
            raise ValueError("steps 须按 from 由小到大且不重复 must ascend by `from`")
        return self


class BandRow(Part):
    """A band and the score it begins at."""

    key: Key
    least: float = Field(alias="from", ge=0, le=100)
    zh: str
    en: str


class Observed(Part):
    """Of subjects with scores up to a bound, the share that had a serious record."""

    to: float = Field(ge=0, le=100)
    subjects: str = Field(pattern=r"^\d+$")
    probability: float = Field(ge=0, le=1)


class Calibration(Part):
    """Where the probabilities are from, and what they are."""

    on: Labels
    demonstration: bool
    table: tuple[Observed, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ascending(self) -> "Calibration":
        bounds = [row.to for row in self.table]
        shares = [row.probability for row in self.table]
        if bounds != sorted(set(bounds)) or bounds[-1] != 100:
            raise ValueError("table 须由小到大、止于 100 must ascend to 100")
        if shares != sorted(shares):
            raise ValueError("probability 不得下降 must not fall")
        return self


class ScorecardFile(Part):
    """The content of a scorecard's file."""

    kind: Literal["scorecard"]
    key: Key
    version: int = Field(ge=1)
    title: Labels
    features: str
    horizon_days: int = Field(ge=1)
    base: int = Field(ge=0, le=100)
    base_why: Labels
    items: tuple[Item, ...] = Field(min_length=1)
    bands: tuple[BandRow, ...] = Field(min_length=1)
    calibration: Calibration | None

    @model_validator(mode="after")
    def _consistent(self) -> "ScorecardFile":
        names = [item.feature for item in self.items]
        if len(set(names)) < len(names):
            raise ValueError("同一特征写了两次 a feature stands twice")
        bounds = [band.least for band in self.bands]
        if bounds[0] != 0 or bounds != sorted(set(bounds)):
            raise ValueError("bands 须自 0 起由小到大 must ascend from 0")
        return self


def read_scorecard(path: Path) -> ScorecardFile:
    """Return the content of a scorecard's file.

    Raises:
        BadInput: it cannot be read, is not such YAML, or is not closed and complete;
            every fault is told with its line.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"读不到评分卡 {path}：{error}。",
            f"The scorecard {path} cannot be read: {error}.",
            hint_zh="指明一个 UTF-8 的 YAML 文件。",
            hint_en="Name a YAML file in UTF-8.",
        ) from error
    document = read(path.name, text)
    faults = [
        f"{path.name}:{fault.line} {fault.message.zh}" for fault in document.faults
    ]
    if not faults:
        try:
            return ScorecardFile.model_validate(document.data)
        except ValidationError as error:
            for one in error.errors():
                where = ".".join(map(str, one["loc"]))
                line = document.line(tuple(one["loc"]))
                faults.append(f"{path.name}:{line} {where}: {one['msg']}")
    raise BadInput(
        f"评分卡 {path} 有错：{'；'.join(faults)}",
        f"The scorecard {path} is wrong: {'; '.join(faults)}",
        hint_zh='小数写成文本（"0.3"），字段见 docs/how-to/risk.md。',
        hint_en='Write decimals as texts ("0.3"); docs/how-to/risk.md lists the fields.',
    )
