"""A configuration of any bytes: understood, or refused with what is wrong."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzzing.files import list_configurations
from benchmarks.fuzzing.target import Target
from letterwatch.config import ConfigError, load_config

KEYS = ["state", "http", "ofsted", "news", "channels", "subscriptions", "web", "poll", "x"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)


def load(file: Path, body: bytes) -> str:
    """What is wrong with a configuration; empty where nothing is."""
    file.write_bytes(body)
    try:
        load_config(file, {})
    except ConfigError as error:
        return str(error)
    return ""


def test_no_configuration_ends_in_anything_but_its_error(tmp_path: Path) -> None:
    target = Target("configurations", list_configurations(), lambda _: "")
    reasons = [load(tmp_path / "letterwatch.toml", target.make_input(seed)) for seed in range(120)]
    assert 0 < len(list(filter(None, reasons))) < 120  # some are refused, some not: both ways are tried


@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4))
def test_no_shape_of_values_does_either(tmp_path: Path, values: dict[str, object]) -> None:
    load(
        tmp_path / "letterwatch.toml",
        "\n".join(f"{key} = {as_toml(value)}" for key, value in values.items()).encode(),
    )


def as_toml(value: object) -> str:
    match value:
        case None:
            return '""'
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case list():
            return f"[{', '.join(map(as_toml, value))}]"
        case dict():
            return f"{{{', '.join(f'{key} = {as_toml(each)}' for key, each in value.items())}}}"
    return '"' + "".join(f"\\U{ord(c):08x}" for c in str(value) if not 0xD800 <= ord(c) < 0xE000) + '"'
