from pathlib import Path

import pytest

from letterwatch.config import ConfigError, load_config


def refusal(folder: Path, text: str) -> str:
    file = folder / "letterwatch.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as raised:
        load_config(file, {})
    return str(raised.value).removeprefix(f"{file}, ")


BOTH_PAPERS = (
    "keep one; for registered papers and your own, write a [[news]] with a name and authorities = "
    '["watched", "subscribed"] in the place of news = "auto"'
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'news = "auto"\n[[news]]\n',
            f"line 2: {{}}[[news]]: news = … stands on line 1 already; {BOTH_PAPERS}",
        ),
        (
            '[subscriptions]\nname = "a"\n[[subscriptions]]\n',
            "line 3: {}[[subscriptions]]: [subscriptions] stands on line 1 already; write "
            "[[subscriptions]] in both places",
        ),
        (
            '[[subscriptions]]\nname = "a"\n[subscriptions]\n',
            "line 3: {}[subscriptions]: [[subscriptions]] stands on line 1 already; write "
            "[[subscriptions]] in both places",
        ),
        (
            '[subscriptions]\nname = "a"\n[subscriptions]\n',
            "line 3: {}[subscriptions] stands on line 1 already; write [[subscriptions]] in both places",
        ),
        ("[ofsted]\n[feeds]\n[ofsted] # again\n", "line 3: {}[ofsted] stands on line 1 already; keep one"),
        (
            '[channels.a]\ntype = "console"\n[channels.a]\n',
            "line 3: {}[channels.a] stands on line 1 already; keep one, or give each a name of its own",
        ),
        (
            '[ofsted]\npoll = "1m"\nfiles_hosts = [\n "a",\n]\npoll = "2m"\n',
            "line 6: {}[ofsted] poll = … stands on line 2 already; keep one",
        ),
        (
            '[ofsted]\npoll = "1m"\nfiles_hosts = ["a"]\nfiles_hosts = [\n "a",\n]\n',
            "line 6: {}[ofsted] files_hosts = … stands on line 3 already; keep one",
        ),
        (
            '[[news]]\nname = "a"\n[[news]]\nname = "b"\nname = "c"\n',
            "line 5: {}[[news]] name = … stands on line 4 already; keep one",
        ),
        (
            '[http]\ncontact = "x"\n[http.contact]\n',
            "line 3: {}[http.contact]: [http] contact = … stands on line 2 already; keep one",
        ),
    ],
)
def test_what_stands_twice_is_named_with_where_it_stands_first(tmp_path, text, told):
    assert refusal(tmp_path, text) == told.format("not valid TOML: ")


@pytest.mark.parametrize("header", ["[http", "[http://[web]", '[http "x"]', "[http,]", '[http"]', "[http:]"])
def test_a_section_that_stands_twice_and_is_broken_besides_is_one_line(tmp_path: Path, header: str) -> None:
    told = refusal(tmp_path, f"[http]\n{header}\n")
    assert told == "line 2: not valid TOML: this key or section stands in the file twice; keep one"


IN_A_LIST = (
    "see whether a comma, a quotation mark or the closing ] is missing in the list that begins on line 2"
)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('[channels.a]\nto = ["a",\n\n[web]\nlisten = "x"\n', 4, IN_A_LIST),
        ('[channels.a]\nto = ["a"\n\n[web]\nlisten = "x"\n', 4, IN_A_LIST),
        ('[channels.a]\nto = [\n  "a"\n  "b",\n]\n', 4, IN_A_LIST),
        ("[channels.a]\nto = [\n  a@example.org,\n]\n", 3, IN_A_LIST),
        ('[channels.a]\nto = [\n  "a",\n', 4, IN_A_LIST),
        ("[channels.a]\nto = [\n  “a”,\n]\n", 3, 'quotation marks must be straight ones: "'),
        (
            '[channels.a]\nto = """\n[web]\nlisten = 1\n',
            5,
            'the text that begins on line 2 is not closed: """ is missing at its end',
        ),
        ("[ofsted]\npoll = 10m\n", 2, 'a span of time stands in quotation marks: "10m"'),
        ("[web]\nlisten = 127.0.0.1:8600\n", 2, 'text stands in quotation marks: "…"'),
        ("[web\n", 1, "the closing ] is missing"),
        ("[[news]\n", 1, "the closing ]] is missing"),
        ("[channels.my office]\n", 1, "a section's name has no spaces"),
        ("x = {\n  a = 1\n}\n", 1, "a table in braces ends on the line on which it begins"),
    ],
)
def test_what_is_not_closed_is_told_with_where_it_begins(tmp_path, text, line, told):
    assert refusal(tmp_path, text) == f"line {line}: not valid TOML: {told}"


def test_a_text_that_is_too_long_to_be_searched_is_told_by_its_line(tmp_path):
    text = '[web]\nlisten = "a"\n' + "# much\n" * 10_000 + 'listen = "b"\n'
    assert refusal(tmp_path, text) == (
        "line 10003: not valid TOML: this key or section stands in the file twice; keep one"
    )
