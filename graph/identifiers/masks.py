"""What may be shown of personal data to a reader without the right to see them.

A mask never fails and never shows more than the places named here, whatever the
input: text too short to hide enough of it becomes stars altogether.
"""

from graph.identifiers.normal import half_width, normalise_code
from graph.identifiers.resident import upgrade_resident_id


def mask_resident_id(number: str) -> str:
    """Return region (4) and the last 4 characters, the birth date starred.

    `230717199001011234` gives `2307**********1234`. A 15-digit number is shown in
    its 18-character spelling, so that both spellings of one person look alike.
    Anything that has not 18 characters then is starred from end to end.
    """
    value = upgrade_resident_id(normalise_code(number))
    if len(value) != 18:
        return "*" * len(value)
    return value[:4] + "*" * 10 + value[-4:]


def mask_document_number(number: str) -> str:
    """Return a document number with little left of it, whatever document it is of.

    What is written like a resident identity number is masked as one. Of anything
    else one leading and two closing characters stay, and of fewer than 8 nothing.
    """
    value = upgrade_resident_id(normalise_code(number))
    if len(value) == 18:
        return mask_resident_id(value)
    if len(value) < 8:
        return "*" * len(value)
    return value[:1] + "*" * (len(value) - 3) + value[-2:]


def mask_name(name: str) -> str:
    """Return first and last character of a name: 张*三; of two characters 张*.

    One character is starred: alone it would be the whole name.
    """
    value = half_width(name).strip()
    if len(value) <= 2:
        return value[: len(value) - 1] + "*" * bool(value)
    return value[0] + "*" * (len(value) - 2) + value[-1]
