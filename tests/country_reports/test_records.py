"""Strict YAML, and errors that say what is wrong, where, and what would be right."""

from pathlib import Path

import pytest

from country_reports.facts import Truth
from country_reports.records import MAX_BYTES, Answer, BadRecord, Day, Record, parse, read_record, read_text_as


class Small(Record):
    name: str
    day: Day | None = None
    answer: Answer = Truth.UNKNOWN
    places: tuple[str, ...] = ()


def message_of(text: str) -> str:
    with pytest.raises(BadRecord) as caught:
        read_text_as(text, "small.yaml", Small)
    return str(caught.value)


def test_yaml_is_read_as_version_1_2() -> None:
    plain = parse("a: NO\nb: yes\nc: true\nd: 012\ne: ~\nf: '1'\ng: 1.5\nh: 2024-05-02\ni: off", "x.yaml")
    assert plain == {
        "a": "NO", "b": "yes", "c": True, "d": 12, "e": None, "f": "1", "g": 1.5, "h": "2024-05-02", "i": "off",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "truth"), [("yes", Truth.YES), ("true", Truth.YES), ("no", Truth.NO), ("unknown", Truth.UNKNOWN)]
)
def test_answers_take_words_and_booleans(written: str, truth: Truth) -> None:
    assert read_text_as(f"name: x\nanswer: {written}", "small.yaml", Small).answer is truth


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "small.yaml  the file is empty; see the examples for what belongs in it"),
        ("name: x\nname: y", "small.yaml:2  the field 'name' is written twice; keep one"),
        ("name: &a x\nplaces: [*a]", "small.yaml:1  anchors and aliases (&, *) are not allowed; write the value again"),
        ("name: !!python/object:os.system x", "small.yaml:1  the tag tag:yaml.org,2002:python/object:os.system is not allowed"),
        ("name: x\n  bad: [", "small.yaml:2  not valid YAML: mapping values are not allowed in this context"),
        ("name: x\nplases: [FR]", "small.yaml:2  plases: unknown field; did you mean 'places'?"),
        ("name: x\nzzz: 1", "small.yaml:2  zzz: unknown field. Allowed: answer, day, name, places"),
        ("day: 2024-01-01", "small.yaml:1  name: this field is required"),
        ("name: x\nday: 2024-13-01", "small.yaml:2  day: '2024-13-01' is not a date; write year-month-day, such as 2026-11-23"),
        ("name: x\nday: 20240101", "small.yaml:2  day: 20240101 is not a date; write year-month-day, such as 2026-11-23"),
        ("name: x\nday: 9999-12-31", "small.yaml:2  day: '9999-12-31' is later than any day that is read; the last is 2999-12-31"),
        ("name: x\nanswer: maybe", "small.yaml:2  answer: 'maybe' is not an answer. Allowed: yes, no, unknown"),
        ("name: 12", "small.yaml:1  name: 12 is not text; put it in quotes if it is meant as text"),
        ("name: x\nplaces: FR", "small.yaml:2  places: 'FR' is not a list; write [item, item]"),
        ("name: x\nplaces: [FR, [DE]]", "small.yaml:2  places[1]: ['DE'] is not text; put it in quotes if it is meant as text"),
        ("- a", "small.yaml:1  ['a'] is not a group of fields (name: value)"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_line_and_field(text: str, expected: str) -> None:
    assert message_of(text) == expected


@pytest.mark.parametrize("bomb", ["[" * 100_000, "[a, " * 50_000 + "]" * 50_000, "- " * 100_000 + "a", "? " * 50_000 + "a",
                                  "\n".join(" " * depth + "a:" for depth in range(1500))])  # fmt: skip
def test_deep_nesting_is_refused_and_never_crashes(bomb: str) -> None:
    with pytest.raises(BadRecord, match="nested deeper"):
        parse(bomb, "bomb.yaml")


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]"
    with pytest.raises(BadRecord, match="anchors and aliases"):
        parse(bomb, "bomb.yaml")


def test_files_that_cannot_be_text_are_refused(tmp_path: Path) -> None:
    binary, large = tmp_path / "binary.yaml", tmp_path / "large.yaml"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    for path, reason in (
        (binary, "not text in UTF-8"),
        (large, "larger than 4 MiB"),
        (tmp_path, "a folder"),
        (tmp_path / "none", "no such file"),
    ):
        with pytest.raises(BadRecord, match=reason):
            read_record(path, Small)
