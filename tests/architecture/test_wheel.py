"""What is packaged: the four packages, their data, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_wheel_holds_four_packages_with_their_data(tmp_path: Path) -> None:
    hatch = Path(sys.executable).with_name("hatchling")
    subprocess.run(
        [hatch, "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    top = {n.split("/")[0] for n in names if ".dist-info" not in n}
    assert top == {"graph", "loaders", "analytics", "api"}
    for data in (
        "graph/law/lists.yaml",
        "graph/law/liability/SEVERE-LIST-PERSON-RECORD-CN.yaml",
        "graph/law/README.md",
        "loaders/sources/registrations/source.yaml",
    ):
        assert data in names
    assert any(n.startswith("graph/store/cypher/") for n in names)
    assert not any("test" in n.split("/")[-1] for n in names)
