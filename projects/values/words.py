"""What the readers of words share: the languages, one spelling, and one refusal."""

import re
import unicodedata
from typing import Literal

Language = Literal["zh-hans", "en"]

_DASHES = re.compile(r"[‐‑‒–—―−~〜～]+")


class UnreadableWords(ValueError):
    """Words that no rule reads, with the part that was not understood."""

    def __init__(self, words: str, part: str) -> None:
        self.words = words
        self.part = part
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """Say in `language` which part was not understood and what to do."""
        if language.startswith("zh"):
            return f"“{self.words}”中的“{self.part}”无法识别，请改写，或直接填写上下限。"
        return (
            f"“{self.part}” in “{self.words}” was not understood: "
            "write it another way, or enter the bounds by hand."
        )


def fold(words: str) -> str:
    """Bring words to one spelling: NFKC, one kind of dash, one kind of blank."""
    return " ".join(_DASHES.sub("-", unicodedata.normalize("NFKC", words)).split())
