"""Looks in templates for what the Content-Security-Policy blocks, unescaped output, no contract."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from environment import ROOT

REFUSED = {
    "an inline style; give it a class": re.compile(r"""\sstyle\s*=""", re.IGNORECASE),
    "an inline handler; add a script to static/js": re.compile(
        r"""\son[a-z]+\s*=""", re.IGNORECASE
    ),
    "an inline script; add it to static/js": re.compile(
        r"<script(?![^>]*\ssrc=)(?![^>]*type=.application/json)", re.IGNORECASE
    ),
    "an inline style sheet; add it to static/css": re.compile(r"<style\b", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped output": re.compile(r"\|\s*(safe|safeseq)\b|\bautoescape\s+off\b"),
}
CONTRACT = re.compile(r"\{#[^\n]*\bReads\b[^\n]*#\}")
COMMENT = re.compile(r"{% comment.*?%}.*?{% endcomment %}|{#.*?#}|<!--.*?-->", re.DOTALL)


def problems(template: str) -> Iterator[tuple[int, str]]:
    """The line and the name of each refused thing in a template's text, comments apart."""
    code = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), template)
    for words, pattern in REFUSED.items():
        for found in pattern.finditer(code):
            yield code.count("\n", 0, found.start() + 1) + 1, words


def has_contract(template: str) -> bool:
    """Whether a template opens with a comment that says what it reads."""
    return CONTRACT.match(template) is not None


def main(folders: list[Path]) -> int:
    """Prints every problem with its place; 0 when there is none."""
    found = []
    for file in (file for folder in folders for file in sorted(folder.rglob("*.html"))):
        template, place = file.read_text(encoding="utf-8"), file.relative_to(ROOT)
        if not has_contract(template):
            found.append(f"{place}:1: no comment on top that says what it reads")
        found += [f"{place}:{line}: {words}" for line, words in sorted(problems(template))]
    print("\n".join(found) or "Every template says what it reads; none has inline style or script.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main([ROOT / "templates", ROOT / "projects", ROOT / "cooperation"]))
