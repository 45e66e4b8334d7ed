import tomllib

import pytest

from letterwatch.config.lines import locate_keys

TEXT = '''# a comment with = and [brackets]

plain = 1.5 # "
"quoted key".inner = """
hidden = 1
[hidden.table]
""" # done
list = [ # its items on lines of their own
  "[x]",
  ["y",
   "z"],
  {p = 1, q.r = \'\'\'
a
\'\'\'},
]
when = 2019-01-01 10:00:00
[table]
escaped = "\\" # no comment"
[[rows]]
n = 1
[rows.sub]
k = 2
[[rows]]
inline = { a = 1, "b" = [1, 2] }
[[rows.deep]]
z = 1
[[rows.deep]]
z = 2
[x.y."z.w"]
last = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("plain",), 3),
        (("quoted key",), 4),
        (("quoted key", "inner"), 4),
        (("list",), 8),
        (("list", 0), 9),
        (("list", 1), 10),
        (("list", 1, 1), 11),
        (("list", 2), 12),
        (("list", 2, "q", "r"), 12),
        (("when",), 16),
        (("table",), 17),
        (("table", "escaped"), 18),
        (("rows",), 19),
        (("rows", 0, "n"), 20),
        (("rows", 0, "sub", "k"), 22),
        (("rows", 1), 23),
        (("rows", 1, "inline", "b", 1), 24),
        (("rows", 1, "deep", 0, "z"), 26),
        (("rows", 1, "deep", 1, "z"), 28),
        (("x", "y", "z.w"), 29),
        (("x", "y", "z.w", "last"), 30),
    ],
)
def test_a_key_is_found_on_its_line(path, line):
    assert locate_keys(TEXT)[path] == line


def test_windows_line_ends_count_as_one():
    assert locate_keys(TEXT.replace("\n", "\r\n")) == locate_keys(TEXT)


def test_every_value_that_tomllib_reads_is_located():
    located = locate_keys(TEXT)
    assert set(paths(tomllib.loads(TEXT))) <= set(located) | {("x",), ("x", "y")}


def paths(node, path=()):
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from paths(value, (*path, key))


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "[empty]", "a = []", "a = {}"])
def test_small_texts_end(text):
    assert set(locate_keys(text)) == set(paths(tomllib.loads(text)))
