"""A row about contacts must have one."""

from functools import reduce
from typing import Final

import pyarrow.compute as pc

from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import tell

_COLUMNS: Final = ("registered", "business", "mailing", "phones", "emails", "websites")
_NONE: Final = Fault(
    Reason.MISSING,
    "没有任何地址或联系方式",
    "gives no address and no other contact",
    "补填其一",
    "give one",
)


def derive(parsed: Parsed) -> None:
    """Set rows aside that give no contact at all."""
    absent = (parsed.column(name).is_null() for name in _COLUMNS)
    tell(parsed, "phones", reduce(pc.and_, absent), _NONE)
