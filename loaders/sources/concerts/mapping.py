"""The organization that an agreement is about, as an identifier."""

import pyarrow.compute as pc

from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `about`; the code was checked when it was read."""
    codes = parsed.column("about_uscc")
    parsed.columns["about"] = pc.binary_join_element_wise("org:", codes, "")
