"""One thing that is fuzzed: how its inputs are made, and what it may do with them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.mutations import damage

HOSTILE = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        *(
            "\x00",
            "\x1b[31m",
            "\x9b2J",
            "\r\n",
            "\u2028",
            "\u202e",
            "\ufeff",
            "\ud800",
            "\U0010ffff",
            "\xa0" * 99,
        ),
        *("½", "²", "Ⅷ", "٣١", "𝟙", "İ", "ſ", "ß", "ﬁ", "e\u0301", "’", "–", "\ue000", "\ufffe"),
        *("31 February 2019", "00/00/0000", "99:99", "9" * 400, "-1", "1e999", "0x10", "٣ May ٢٠١٩"),
        *(
            "<",
            ">",
            "&",
            '"',
            "'",
            "\\",
            "]]>",
            "<![CDATA[",
            "<!--",
            "-->",
            "&#x0;",
            "&#xD800;",
            "&lt;",
            "&e;",
        ),
        *("<div>" * 400, "</div>" * 9, "<script>alert(1)</script>", "<base href='http://evil.example/'>"),
        *("<?xml version='1.0' encoding='utf-7'?>", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        *(
            "javascript:alert(1)",
            "http://[",
            "//evil.example",
            "http://evil.example:99999/",
            "https://u:p@h/",
        ),
        *(
            "=1+1",
            "@SUM(A1)",
            "<!channel>",
            "*bold* `code`",
            "{{ 7 * 7 }}",
            "%s %(x)s",
            "[red]x[/red]",
            "..",
            "../" * 9,
        ),
        *(
            "a" * 5000,
            " " * 5000,
            "(" * 500,
            "and " * 900,
            ", " * 900,
            "Ofsted " * 300,
            "[[" * 200,
            "{" * 300,
        ),
    )
)


class Wrong(AssertionError):  # noqa: N818  what a target says of its own answer
    """An answer that must not be: something was made up, let through or lost."""


@dataclass(frozen=True)
class Target:
    """`attempt` says in a word what came of an input; whatever it raises is a crash."""

    name: str
    bodies: Sequence[bytes]
    attempt: Callable[[bytes], str]
    make: Callable[[Sequence[bytes], random.Random], bytes] | None = None

    def make_input(self, seed: int) -> bytes:
        """The input of a seed: the same today and tomorrow."""
        dice = random.Random(f"{self.name} {seed}")
        return self.make(self.bodies, dice) if self.make else damage(self.bodies, dice, HOSTILE)


def expect(holds: object, words: str) -> None:
    """Raises Wrong where something does not hold."""
    if not holds:
        raise Wrong(words)
