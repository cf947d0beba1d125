"""An invented city in the official layouts, with planted stories and an answer key.

Nobody and nothing in it exists: see codes.py for the codes and numbers, names.py for
the names. Streets, firms and people are made up; the districts and the organs' names
are real so that regions and jurisdictions work; papers carry 示 in their numbers.
"""

from loaders.synthetic.city import CityReport, synthesize
from loaders.synthetic.mistakes import write_mistakes
from loaders.synthetic.rates import Rates

__all__ = ["CityReport", "Rates", "synthesize", "write_mistakes"]
