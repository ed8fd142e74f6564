"""The components of the site in each of their states; served where debug is on."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from projects.views.base import Page
from projects.views.samples import SHOWN_OTHERWISE, Sample, all_samples
from projects.views.samples.rows import parameters

FOLDER = settings.BASE_DIR / "templates" / "components"


@dataclass(frozen=True)
class Shown:
    """A sample as its component draws it."""

    sample: Sample
    drawn: SafeString


@dataclass(frozen=True)
class Component:
    """A template of the style layer, by its name within the folder, with its samples."""

    name: str
    samples: tuple[Sample, ...]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return self.name.removesuffix(".html").replace("/", "-")

    @cached_property
    def contract(self) -> str:
        """What the comment at its top says that it reads."""
        opening = (FOLDER / self.name).read_text(encoding="utf-8").partition("#}")[0]
        return opening.removeprefix("{#").strip()

    @property
    def instead(self) -> str:
        """Why it has no samples, where it has none."""
        return SHOWN_OTHERWISE.get(self.name, "")

    @property
    def shown(self) -> Iterator[Shown]:
        """Each sample, drawn as an include with `only` does: nothing of this page reaches it."""
        for sample in self.samples:
            values = {"parameters": parameters(), **sample.values}
            yield Shown(sample, render_to_string(f"components/{self.name}", values))


def names(folder: Path = FOLDER) -> list[str]:
    """The names of all components, those of cells behind the others."""
    found = [str(file.relative_to(folder)) for file in folder.rglob("*.html")]
    return sorted(found, key=lambda name: ("/" in name, name))


def components() -> list[Component]:
    """All components with their samples."""
    samples = all_samples()
    return [Component(name, tuple(samples.get(name, ()))) for name in names()]


class GalleryPage(Page):
    """Every component with its contract and its states; made-up values, nothing of the record."""

    template_name = "projects/gallery/detail.html"

    def context(self) -> dict[str, Any]:
        return {"components": components()}
