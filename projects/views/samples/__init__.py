"""Made-up values for every component in each of its states, for the page that shows them."""

from collections import ChainMap

from projects.views.samples import cells, comparisons, frames, lists, pictures, signs, statements
from projects.views.samples.sample import Sample, Samples

__all__ = ["SHOWN_OTHERWISE", "Sample", "Samples", "all_samples"]

SHOWN_OTHERWISE = {
    "header.html": "frames this page itself, and there is one a page",
    "search.html": "stands in the header of this page",
    "footer.html": "frames this page itself",
    "popover.html": "empty until a mark of this page fills it",
    "updates.html": "empty until a script of this page has something to say",
    "bars_shapes.html": "nothing by itself: what bars are hatched with",
    "strip_shapes.html": "nothing by itself: the shapes on strips",
}
"""The components without samples of their own, and why."""


def all_samples() -> Samples:
    """The samples of every component, in the page's language."""
    groups = (signs, cells, comparisons, frames, lists, pictures, statements)
    return ChainMap(*(dict(group.samples()) for group in groups))
