"""The condition language takes what it knows, refuses everything else with a reason, and runs nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.trees import rules
from assistant.trees.rules import And, AnyRow, Compare, Count, CountYes, DaysUntil, FactIs, Includes, Not, Or, Value

from ..strategies import texts
from .documented import code, rows

TAKEN = [
    ("profiling", FactIs("profiling")),
    ("linked == 'yes'", Compare(Value("linked"), "==", ("yes",))),
    ("linked != 'yes'", Compare(Value("linked"), "!=", ("yes",))),
    ("basis in ['law', 'consent']", Compare(Value("basis"), "in", ("law", "consent"))),
    ("basis not in ('law', 'consent')", Compare(Value("basis"), "not in", ("law", "consent"))),
    ("n < 3", Compare(Value("n"), "<", (3,))),
    ("n >= -2.5", Compare(Value("n"), ">=", (-2.5,))),
    ("n <= setting('limit')", Compare(Value("n"), "<=", (rules.Setting("limit"),))),
    ("'a' in qs", Includes(Value("qs"), "a")),
    ("'a' not in t.kind", Includes(Value("t", "kind"), "a", negated=True)),
    ("count(qs) > 1", Compare(Count("qs"), ">", (1,))),
    ("count_yes(a, b) == 2", Compare(CountYes(("a", "b")), "==", (2,))),
    ("days_until(d) < 56", Compare(DaysUntil("d"), "<", (56,))),
    ("answered(q)", rules.Answered(Value("q"))),
    ("unsure(t.kind)", rules.Unsure(Value("t", "kind"))),
    ("raised('s')", rules.Raised("s")),
    ("any_row(t, kind == 'a')", AnyRow("t", Compare(Value("t", "kind"), "==", ("a",)))),
    ("any_row(t, 'a' in kind)", AnyRow("t", Includes(Value("t", "kind"), "a"))),
    ("any_row(t, not unsure(kind))", AnyRow("t", Not(rules.Unsure(Value("t", "kind"))))),
    ("not f", Not(FactIs("f"))),
    ("a and b or not c", Or((And((FactIs("a"), FactIs("b"))), Not(FactIs("c"))))),
    (" \n f \n", FactIs("f")),
]


@pytest.mark.parametrize(("text", "meaning"), TAKEN, ids=[text.strip() for text, _ in TAKEN])
def test_is_read_as(text: str, meaning: rules.Expression):
    assert rules.parse(text) == meaning


def test_everything_the_page_shows_is_taken():
    shown = [part for row in rows("What can be written")[1:-1] for part in row[0].split("`, `")]
    assert len(shown) == 22
    for text in shown:
        rules.parse(code(text))


NOT_A_CONDITION = "this is not a condition"
BUILT_OF = "a condition is built of"
OWN_FUNCTIONS = "only the language's own functions can be called"
TOO_LONG = "the condition is too long"

REFUSED = [
    ("", NOT_A_CONDITION),
    ("   ", NOT_A_CONDITION),
    ("x ==", NOT_A_CONDITION),
    ("x = 'a'", NOT_A_CONDITION),
    ("x == 'a", NOT_A_CONDITION),
    ("import os", NOT_A_CONDITION),
    ("x; y", NOT_A_CONDITION),
    ("x == 'a'\ny == 'b'", NOT_A_CONDITION),
    ("yield x", NOT_A_CONDITION),
    ("x == 'a\0'", NOT_A_CONDITION),
    ("{{ x }}", BUILT_OF),
    ("{% if x %}", NOT_A_CONDITION),
    ("__import__('os').system('id')", OWN_FUNCTIONS),
    ("__import__('os')", "'__import__' is used wrongly or does not exist"),
    ("eval('1')", "'eval' is used wrongly or does not exist"),
    ("exec('1')", "'exec' is used wrongly or does not exist"),
    ("open('f') == 'a'", "open(...) cannot be compared"),
    ("().__class__.__bases__[0].__subclasses__()", OWN_FUNCTIONS),
    ("x.__class__.__mro__ == 'a'", "a question id is expected"),
    ("x.__class__", BUILT_OF),
    ("(lambda: x)()", OWN_FUNCTIONS),
    ("lambda: x", BUILT_OF),
    ("[x for x in y]", BUILT_OF),
    ("any(x for x in y)", "'any' is used wrongly or does not exist"),
    ("{x: y}", BUILT_OF),
    ("{x}", BUILT_OF),
    ("f'{x}'", BUILT_OF),
    ("x == f'{y}'", "a comparison ends with"),
    ("(x := 1)", BUILT_OF),
    ("x if y else z", BUILT_OF),
    ("await x", BUILT_OF),
    ("x, y", BUILT_OF),
    ("*x", NOT_A_CONDITION),
    ("-x", BUILT_OF),
    ("~x == 1", "a question id is expected"),
    ("x + y == 2", "a question id is expected"),
    ("x ** 9 ** 9 ** 9 > 1", "a question id is expected"),
    ("x == 9 ** 9 ** 9", "a comparison ends with"),
    ("x[0] == 'a'", "a question id is expected"),
    ("x == y", "a comparison ends with"),
    ("x == ['a']", "a comparison ends with"),
    ("x == b'a'", "a comparison ends with"),
    ("x == None", "a comparison ends with"),
    ("x == True", "a comparison ends with"),
    ("x == ...", "a comparison ends with"),
    ("x == -'a'", "a comparison ends with"),
    ("x == --1", "a comparison ends with"),
    ("x is y", "'is' is no comparison here"),
    ("x is not 'a'", "'is' is no comparison here"),
    ("1 < x < 3", "one comparison at a time"),
    ("x == y == 'a'", "one comparison at a time"),
    ("3 < x", "the question comes first"),
    ("'a' == x", "the question comes first"),
    ("'a'", BUILT_OF),
    ("1", BUILT_OF),
    ("True", BUILT_OF),
    ("x in 'abc'", "after 'in' comes a list of choices"),
    ("x in []", "after 'in' comes a list of choices"),
    ("x in y", "after 'in' comes a list of choices"),
    ("x in [1]", "a choice stands between quotes"),
    ("1 in x", "a choice stands between quotes"),
    ("'a' in 'abc'", "a question id is expected"),
    ("'a' in x.y.z", "a question id is expected"),
    ("count(x)", "count(...) is a number"),
    ("count_yes(x)", "count_yes(...) is a number"),
    ("days_until(x)", "days_until(...) is a number"),
    ("count(x, y) > 1", "count(...) cannot be compared"),
    ("count('x') > 1", "a question id is expected"),
    ("count(*x) > 1", "a question id is expected"),
    ("count(x=1) > 1", OWN_FUNCTIONS),
    ("count_yes() > 1", "count_yes(...) cannot be compared"),
    ("x.count() > 1", OWN_FUNCTIONS),
    ("answered()", "'answered' is used wrongly"),
    ("answered('x')", "a question id is expected"),
    ("raised(s)", "'raised' is used wrongly"),
    ("raised(1)", "a choice stands between quotes"),
    ("setting('a') > x", "setting(...) cannot be compared"),
    ("x > setting(a)", "a choice stands between quotes"),
    ("x > setting('a', 'b')", "a comparison ends with"),
    ("x > setting('a', b=1)", "a comparison ends with"),
    ("any_row(t)", "'any_row' is used wrongly"),
    ("any_row(t.kind, kind == 'a')", "a question id is expected"),
    ("any_row(t, kind)", "'kind' stands alone within any_row"),
    ("any_row(t, any_row(u, kind == 'a'))", "'any_row' is used wrongly"),
    ("any_row(t, t.kind == 'a')", "a question id is expected"),
    ("any_row(t, count(kind) > 1)", "count cannot stand within any_row"),
    ("any_row(t, raised('s'))", "'raised' is used wrongly"),
    ("x == 'a' and (y", NOT_A_CONDITION),
    ("x == 'caf\u00e9'", "ids and plain signs only"),
    ("\uff58 == 'a'", "ids and plain signs only"),
    ("x == \u2018a\u2019", "ids and plain signs only"),
    ("x == 'a\u202e'", "ids and plain signs only"),
    ("x == '\ud800'", "ids and plain signs only"),
    ("x == '\\d'", "ids and plain signs only"),
    ("x == '\\x61'", "ids and plain signs only"),
    ("n > 1and y", "a letter stands against a number"),
    ("n > 0x1f", "a letter stands against a number"),
    ("n > 1e999", "a letter stands against a number"),
    ("n > 1_000", "a letter stands against a number"),
    ("n > 1j", "a letter stands against a number"),
    ("n > 007", NOT_A_CONDITION),
    ("n > 1000000000001", "the number is too large"),
    (f"n > {'9' * 1_900}", "the number is too large"),
    (f"n > {'9' * 20_000}", TOO_LONG),
    ("(" * 900 + "x" + ")" * 900, NOT_A_CONDITION),
    ("(" * 10_000 + "x" + ")" * 10_000, TOO_LONG),
    ("not " * 400 + "x", "the condition is "),
    ("not " * 10_000 + "x", TOO_LONG),
    ("-" * 1_500 + "1", "the condition is "),
    ("x" + ".a" * 900, "the condition is "),
    ("[" * 1_999, NOT_A_CONDITION),
    (" and ".join("abcdefgh"[i % 8] for i in range(280)), "the condition is "),
    ("not (a and " * 40 + "b" + ")" * 40, TOO_LONG),
    ("a" * 1_000_000, TOO_LONG),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[repr(text[:40]) for text, _ in REFUSED])
def test_is_refused_with_a_reason(text: str, reason: str):
    with pytest.raises(rules.BadCondition) as caught:
        rules.parse(text)
    assert reason in caught.value.reason
    assert caught.value.mend


def test_nothing_is_ever_run(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    called = []
    monkeypatch.setattr("builtins.eval", called.append)
    monkeypatch.setattr("builtins.exec", called.append)
    for text in ("open('made', 'w')", "__import__('pathlib').Path('made').touch()", "x == open('made', 'w')"):
        with pytest.raises(rules.BadCondition):
            rules.parse(text)
    assert not called
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", [text for text, _ in REFUSED if len(text) > 500], ids=lambda text: text[:20])
def test_refusing_takes_no_time(text: str):
    started = time.perf_counter()
    with pytest.raises(rules.BadCondition):
        rules.parse(text)
    assert time.perf_counter() - started < 0.2


def reasons(text: str) -> str:
    """Why a text is refused; empty when it is read."""
    try:
        assert list(rules.atoms(rules.parse(text)))
    except rules.BadCondition as error:
        return error.reason
    return ""


@given(st.text(max_size=200) | texts())
def test_any_text_is_read_or_refused(text: str):
    reason = reasons(text)
    assert reason or text.isascii()


pieces = st.sampled_from(
    "x y.kind 'a' 3 -1 and or not in == != < ( ) [ ] , count( count_yes( any_row( answered( raised( setting( t".split()
)


@given(st.lists(pieces, max_size=14).map(" ".join))
def test_any_mixture_of_the_language_is_read_or_refused(text: str):
    reason = reasons(text)
    assert reason or text.count("(") == text.count(")")
