"""A made-up portfolio of any size, for measuring: the same for the same seed."""

from projects.synthetic.portfolio import Portfolio
from projects.synthetic.writing import first_ids, write

__all__ = ["Portfolio", "first_ids", "write"]
