"""Looks in the style layer for colours outside its tokens, undeclared tokens and unused classes."""

import re
import sys
from collections.abc import Collection, Iterator

from environment import ROOT

STYLES = ROOT / "static" / "css"
SCRIPTS = ROOT / "static" / "js"
TOKENS = "tokens.css"

BORROWED_TOKENS = (
    *("--bs-", "--link-fg", "--selected-row", "--error-fg"),
    *("--body-", "--border-color", "--darkened-bg", "--hairline-color", "--header-link-color"),
)
"""Tokens of others: the base library's, and those of the admin, which has no other."""

BORROWED_CLASSES = {"htmx-request", "related-widget-wrapper", "select2-container"}
"""Classes that a library sets by itself."""

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COLOUR = re.compile(
    r"(?<=[\s:(,\"'`])#[0-9a-f]{3,8}(?![\w-])(?![^{}]*\{)"  # an id in a selector is none
    r"|\b(?:rgba?|hsla?|hwb|ok(?:lch|lab)|lch|lab)\(",
    re.IGNORECASE,
)
TOKEN_USED = re.compile(r"var\(\s*(--[\w-]+)|[\"'`](--[\w-]+)[\"'`]")
TOKEN_DECLARED = re.compile(r"(--[\w-]+)\s*:")
CLASS = re.compile(r"\.([a-z_][\w-]*)", re.IGNORECASE)
WORD = re.compile(r"[\w-]+")

GIVEN = {
    ".html": re.compile(r'class="(?P<given>(?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"'),
    ".py": re.compile(r"""(?P<quote>["'])(?P<given>[\w-]+)(?P=quote)"""),
    ".js": re.compile(r"""(?P<quote>["'`])(?P<given>.*?)(?P=quote)"""),
}
"""Where classes are given: class attributes, texts of one word in Python, any text in scripts."""
PREFIX = re.compile(r"([\w-]+-)\$?\{")
"""What a class begins with whose end a template, an f-string or a script fills in."""


def colours(text: str) -> Iterator[tuple[int, str]]:
    """The line and the text of each colour that is written out, comments apart."""
    code = without_comments(text)
    for found in COLOUR.finditer(code):
        yield line_of(code, found.start()), found[0]


def undeclared(text: str, declared: Collection[str]) -> Iterator[tuple[int, str]]:
    """The line and the name of each token that a style sheet or a script uses and none declares."""
    code = without_comments(text)
    for found in TOKEN_USED.finditer(code):
        name = found[1] or found[2]
        if name not in declared and not name.startswith(BORROWED_TOKENS):
            yield line_of(code, found.start()), name


def unused(style: str, used: "Used") -> Iterator[tuple[int, str]]:
    """The line and the name of each class that has a rule and is given to nothing."""
    code = without_comments(style)
    seen: set[str] = set()
    for selector in re.finditer(r"[^{};]+(?=\{)", code):
        for found in CLASS.finditer(selector[0]):
            name = found[1]
            if name not in seen and name not in used:
                yield line_of(code, selector.start() + found.start()), name
            seen.add(name)


class Used:
    """The classes that templates, Python code and scripts give, whole or as beginnings and ends."""

    def __init__(self) -> None:
        self.words = set(BORROWED_CLASSES)
        self.prefixes: set[str] = set()

    def add(self, text: str, suffix: str) -> None:
        """Take in a file by its suffix."""
        for given in GIVEN[suffix].finditer(text):
            self.words.update(WORD.findall(given["given"]))
        self.prefixes.update(PREFIX.findall(text))

    def __contains__(self, name: str) -> bool:
        ends = (name.removeprefix(prefix) for prefix in self.prefixes if name.startswith(prefix))
        return name in self.words or any(end in self.words for end in ends)


def without_comments(text: str) -> str:
    """The text with its comments blanked out, its lines kept."""
    return COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def line_of(text: str, place: int) -> int:
    """The number of the line at a place."""
    return text.count("\n", 0, place) + 1


def main() -> int:
    """Prints every problem with its place; 0 when there is none."""
    files = [*sorted(STYLES.glob("*.css")), *sorted(SCRIPTS.glob("*.js"))]
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    styles = {file: text for file, text in texts.items() if file.suffix == ".css"}
    declared = {name for text in styles.values() for name in TOKEN_DECLARED.findall(text)}
    used = Used()
    for folder in (ROOT / "templates", ROOT / "projects", SCRIPTS):
        for file in folder.rglob("*.*"):
            if file.suffix in GIVEN:
                used.add(file.read_text(encoding="utf-8"), file.suffix)
    found = [
        (file, line, words.format(name))
        for file, text in texts.items()
        for words, problems in (
            ("the colour {} is no token", colours(text) if file.name != TOKENS else ()),
            ("{} is declared nowhere", undeclared(text, declared)),
            ("the class {} is given to nothing", unused(text, used) if file in styles else ()),
        )
        for line, name in problems
    ]
    for file, line, words in sorted(found):
        print(f"{file.relative_to(ROOT)}:{line}: {words}")
    if not found:
        print("Every colour is a token, every token declared, every class given to something.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
