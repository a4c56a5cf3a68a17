"""Files that mean harm: each with a part of the reason for which it is refused, or None where it must do nothing.

They are made here and not stored, since half of them no editor would leave alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

HEAD: Final = """\
format: 1
id: hostile
title: {nl: Boos, en: Hostile}
about: {nl: Een boom die kwaad wil., en: A tree that means harm.}
minutes: 5
themes:
  - id: data
    title: {nl: Gegevens, en: Data}
    questions:
"""
QUESTION: Final = """\
      - id: personal
        code: QA1
        ask: {nl: Persoonsgegevens?, en: Personal data?}
        why: {nl: Dan geldt de AVG., en: The GDPR applies then.}
        kind: yes_no
"""
GOOD: Final = HEAD + QUESTION
Case = tuple[str, str | bytes, str | None]


def question(number: int, when: str = "") -> str:
    text = QUESTION.replace("personal", f"q{number}").replace("QA1", f"Q{number}")
    return text + (f'        when: "{when}"\n' if when else "")


def fact(when: str) -> str:
    return f"{GOOD}facts:\n  bad:\n    when: {when}\n    says: {{nl: Fout, en: Bad}}\n"


def more(text: str) -> str:
    return f"{GOOD}        more:\n          nl: '{text}'\n          en: '{text}'\n"


def ask(text: str) -> str:
    return GOOD.replace("Personal data?", text)


def yaml_cases() -> Iterator[Case]:
    """What YAML could do."""
    yield "python tag", GOOD + "facts: !!python/object/apply:os.system ['id']\n", "tags (!name)"
    yield "python name", GOOD + "facts: !!python/name:os.system\n", "tags (!name)"
    yield "own tag", GOOD.replace("id: hostile", "id: !mine hostile"), "tags (!name)"
    yield "tag with address", GOOD.replace("id: hostile", "id: !<tag:yaml.org,2002:str> hostile"), "tags (!name)"
    yield "set", GOOD + "facts: !!set {a, b}\n", "tags (!name)"
    yield "omap", GOOD + "facts: !!omap [a: b]\n", "tags (!name)"
    yield "binary", GOOD + "facts: !!binary aGFsbG8=\n", "tags (!name)"
    yield "timestamp tag", GOOD + "facts: !!timestamp 2026-01-01\n", "tags (!name)"
    yield "tag directive", "%TAG ! tag:example.org,2026:\n---\n" + GOOD, "directives"
    yield "yaml 1.1", "%YAML 1.1\n---\n" + GOOD, "directives"
    yield "unknown directive", "%EVIL on\n---\n" + GOOD, None
    yield "anchor", GOOD.replace("about: {", "about: &a {"), "anchors (&name)"
    yield "alias", GOOD + "facts: *a\n", "aliases (*name)"
    yield "alias to itself", "&a [*a]\n", "anchors (&name)"
    yield "merge key", GOOD + "facts:\n  <<: {a: b}\n", "merge keys"
    yield "merge of anchors", "a: &a {x: 1}\nb: {<<: *a}\n", "anchors (&name)"
    laughs = "a0: &a0 ha\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    yield "billion laughs", laughs, "anchors (&name)"
    merges = "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12))
    yield "merge bomb", "a0: &a0 {x: y}\n" + merges, "anchors (&name)"
    yield "two documents", GOOD + "---\n" + GOOD, "second document"
    yield "many documents", "---\n" * 20_000, "second document"
    yield "double key", GOOD + "minutes: 6\n", "'minutes' stands here twice"
    yield "double key in a text", GOOD.replace("en: Hostile}", "en: Hostile, en: Kind}"), "'en' stands here twice"
    yield "ten thousand double keys", GOOD + "minutes: 6\n" * 10_000, "'minutes' stands here twice"
    yield "number as key", GOOD + "facts: {1: {when: personal, says: {nl: a, en: a}}}\n", "a key is a word"
    yield "list as key", GOOD + "facts: {[a]: b}\n", "a key is a word"
    yield "mapping as key", GOOD + "? {a: b}\n: c\n", "a key is a word"
    yield "nothing as key", GOOD + "~: a\n", "a key is a word"
    yield "yes as key", GOOD + "true: a\n", "a key is a word"
    yield "tab", GOOD + "facts:\n\ta: b\n", "a tab stands"
    yield "octal", GOOD.replace("minutes: 5", "minutes: 0o17"), "'minutes'"
    yield "old octal", GOOD.replace("minutes: 5", "minutes: 017"), None
    yield "base sixty", GOOD.replace("minutes: 5", "minutes: 1:30"), "'minutes'"
    yield "infinity", GOOD.replace("minutes: 5", "minutes: .inf"), "'minutes'"
    yield "not a number", GOOD.replace("minutes: 5", "minutes: .nan"), "'minutes'"
    yield "huge number", GOOD.replace("minutes: 5", f"minutes: {'9' * 20_000}"), "'minutes'"
    yield "huge exponent", GOOD.replace("minutes: 5", "minutes: 1e999999"), "'minutes'"
    yield "colon in text", GOOD.replace("en: Hostile}", "en: a: b: c}"), "not valid YAML"
    yield "open quote", GOOD.replace("Hostile}", '"Hostile}'), "not valid YAML"
    yield "closing brackets", GOOD + "]" * 10_000, "not valid YAML"
    yield "unknown escape", GOOD.replace("Hostile}", '"\\q"}'), "not valid YAML"


def size_cases() -> Iterator[Case]:
    """Too much, too deep, too long."""
    yield "20,000 brackets", "[" * 20_000, "nested deeper"
    yield "20,000 braces", "{" * 20_000, "nested deeper"
    yield "brackets with spaces", "[ \n" * 20_000, "nested deeper"
    yield "braces with keys", "{a: " * 5_000, "nested deeper"
    yield "brackets and braces", "[{a: " * 5_000, "nested deeper"
    yield "20,000 dashes", "- " * 12_000, "nested deeper"
    yield "question marks", "? " * 12_000, "a key is a word"
    yield "deep by indentation", "".join(f"{' ' * n}a:\n" for n in range(1_000)), "nested deeper"
    yield "deep text", GOOD + "facts: " + "{a: " * 21 + "b" + "}" * 21, "nested deeper"
    yield "a million empty mappings", "[" + "{}," * 300_000 + "]", "parts"
    yield "many empty mappings", "- {}\n" * 50_000, "parts"
    yield "many short lines", "a\n" * 400_000, "parts"
    yield "two megabytes", GOOD + "#" * 2_000_000, "larger than"
    yield "a line of a million", GOOD + "# " + "x" * 900_000, "longer than"
    yield "a text of 20,001", ask("x" * 20_001), "longer than 20000 characters"
    yield "a key of 20,000", GOOD + f"{'k' * 20_000}: a\n", ""
    yield "an id of 1,000", GOOD.replace("personal", "p" * 1_000), "does not have the shape"
    circle = "".join(question(n, f"q{(n + 1) % 100} == 'yes'") for n in range(100))
    yield "100 questions in a circle", HEAD + circle, "these wait for each other"


def byte_cases() -> Iterator[Case]:
    """What is no text, or text that lies."""
    yield "empty", "", "the file is empty"
    yield "only comments", "# nothing\n# at all\n", "the file is empty"
    yield "only spaces", "   \n  \n", "the file is empty"
    yield "only ---", "---\n", "the file is empty"
    yield "null", "null\n", "the file is empty"
    yield "a word", "hello\n", "a tree is a mapping"
    yield "a list", "- a\n- b\n", "a tree is a mapping"
    yield "an empty mapping", "{}\n", "'format' is missing"
    yield "null byte", GOOD + "# \0\n", "U+0000"
    yield "null byte, escaped", ask('"a\\0b"'), "U+0000"
    yield "UTF-16", GOOD.encode("utf-16"), "not UTF-8"
    yield "UTF-32", GOOD.encode("utf-32"), "not UTF-8"
    yield "Latin-1", GOOD.replace("Boos", "Boös").encode("latin-1"), "not UTF-8"
    yield "byte order mark", b"\xef\xbb\xbf" + GOOD.encode(), None
    yield "two byte order marks", b"\xef\xbb\xbf\xef\xbb\xbf" + GOOD.encode(), "U+FEFF"
    yield "overlong UTF-8", GOOD.encode() + b"# \xc0\xaf\n", "not UTF-8"
    yield "a surrogate", GOOD.encode() + b"# \xed\xa0\x80\n", "not UTF-8"
    yield "a surrogate, escaped", ask('"\\ud800"'), "U+D800"
    yield "a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "not UTF-8"
    yield "a zip", b"PK\x03\x04" + b"\0" * 400, "U+0003"
    yield "right to left", ask("data\u202egnp"), "U+202E"
    yield "right to left, escaped", ask('"data\\u202egnp"'), "U+202E"
    yield "isolate", ask("data\u2066x\u2069"), "U+2066"
    yield "escape sign", ask("\x1b[31mred"), "U+001B"
    yield "backspace", ask("a\x08b"), "U+0008"
    yield "lookalike id", GOOD.replace("id: personal", "id: p\u0435rsonal"), "does not have the shape"
    yield "zero width in an id", GOOD.replace("id: personal", "id: per\u200bsonal"), "U+200B"
    yield "accent in a key", GOOD + "f\u0430cts: {}\n", "not a word of the tree language"
    yield "carriage returns", GOOD.replace("\n", "\r\n"), None
    yield "line separator", ask("a\u2028b"), None


def tree_cases() -> Iterator[Case]:
    """Trees that are YAML and no trees."""
    yield "format 2", GOOD.replace("format: 1", "format: 2"), "'format' must be 1"
    yield "format as text", GOOD.replace("format: 1", "format: '1'"), "'format' must be 1"
    yield "no format", GOOD.replace("format: 1\n", ""), "'format' is missing"
    yield "themes is a number", "format: 1\nid: hostile\nthemes: 5\n", "'themes' must be a list"
    yield "questions is a number", HEAD.replace("questions:", "questions: 5"), "must be a list"
    yield "questions is a word", HEAD.replace("questions:", "questions: all"), "must be a list"
    yield "no questions", HEAD, ""
    yield "question is a word", HEAD + "      - personal\n", ""
    yield "facts is a list", GOOD + "facts: [a]\n", "'facts' must be a mapping"
    yield "facts is nothing", GOOD + "facts:\n", "'facts' must be a mapping"
    yield "id is a path", GOOD.replace("id: hostile", "id: ../../etc/passwd"), "does not have the shape"
    yield "id is markup", GOOD.replace("id: personal", "id: <script>"), "does not have the shape"
    yield "id is dunder", GOOD.replace("id: personal", "id: __class__"), "does not have the shape"
    yield "id is a word of Python", GOOD.replace("id: personal", "id: lambda"), "word of the condition language"
    yield "id with a line end", GOOD.replace("id: personal", 'id: "personal\\n"'), "does not have the shape"
    yield "unknown key", GOOD + "on_load: 'rm -rf /'\n", "not a word of the tree language"
    yield "key of pydantic", GOOD + "model_config: {extra: allow}\n", "not a word of the tree language"
    yield "key of Python", GOOD + "__class__: Tree\n", "not a word of the tree language"
    yield "unknown kind", GOOD.replace("kind: yes_no", "kind: file"), "'kind' must be"
    yield "opens itself", GOOD + "opens: [{tree: hostile, when: \"personal == 'yes'\"}]\n", "cannot open itself"
    yield "opens nothing", GOOD + "opens: [{tree: gone, when: \"personal == 'yes'\"}]\n", "no tree is called"
    yield "a dead end", HEAD + question(1) + question(2, "q1 == 'yes' and q1 == 'no'"), "is never asked"
    yield "waits for itself", HEAD + question(1, "answered(q1)"), "wait for each other"


def condition_cases() -> Iterator[Case]:
    """Conditions with something else in them."""
    for name, text, reason in (
        ("system", "__import__('os').system('id')", "own functions"),
        ("eval", "eval('1')", "is used wrongly or does not exist"),
        ("classes", "().__class__.__bases__[0].__subclasses__()", "own functions"),
        ("attribute", "personal.__class__ == 'yes'", "the list over all rows"),
        ("comprehension", "[x for x in personal]", "is built of"),
        ("lambda", "lambda: personal", "is built of"),
        ("power", "9 ** 9 ** 9 > 1", "a question id is expected"),
        ("f-string", "f'{personal}'", "is built of"),
        ("walrus", "(personal := 1)", "is built of"),
        ("Jinja", "{{ personal }}", "is built of"),
        ("unknown operator", "personal =~ 'yes'", "not a condition"),
        ("unknown function", "matches(personal, '(a+)+$')", "does not exist"),
        ("brackets", "(" * 900 + "x" + ")" * 900, "not a condition"),
        ("not not", "not " * 450 + "x", "the condition is"),
        ("too long", "x and " * 600 + "x", "longer than 2000 characters"),
        ("SQL", "personal == 'yes' OR 1=1 --", "not a condition"),
    ):
        yield f"condition: {name}", fact('"' + text + '"'), reason
    yield "condition: a list", fact("[a, b]"), "'when' must be text"
    yield "condition: true", fact("true"), "'when' must be text"
    yield "condition: a number", fact("1"), "'when' must be text"


def text_cases() -> Iterator[Case]:
    """What another program might run: in plain texts it is text, in Markdown it is refused."""
    for name, text in (
        ("Jinja", "{{ config.items() }}{% import os %}"),
        ("typst", '#read("/etc/passwd") #import "@preview/x:1.0.0"'),
        ("HTML", "<script>alert(1)</script>"),
        ("SSTI", "${7*7} #{7*7} <%= 7*7 %>"),
        ("formula", '=HYPERLINK("http://example.org")'),
        ("format", "%s%n{0.__class__}"),
        ("shell", "$(id) `id` ; id"),
        ("SQL", "Robert'); DROP TABLE answers;--"),
        ("LaTeX", "\\input{/etc/passwd}"),
    ):
        yield f"text: {name}", ask('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'), None
    yield "Markdown: script", more("<script>alert(1)</script>"), "HTML in Markdown"
    yield "Markdown: comment", more("<!-- x -->"), "HTML in Markdown"
    yield "Markdown: image", more("![x](https://example.org/x.png)"), "pictures are not shown"
    yield "Markdown: javascript", more("[x](javascript:alert(1))"), "does not begin with https://"
    yield "Markdown: data", more("[x](data:text/html;base64,PHNjcmlwdD4=)"), "does not begin with https://"
    yield "Markdown: capitals", more("[x](JaVaScRiPt:alert)"), "does not begin with https://"
    yield "Markdown: no scheme", more("[x](//example.org)"), "does not begin with https://"
    yield "Markdown: file", more("[x](file:///etc/passwd)"), "does not begin with https://"
    yield "Markdown: reference", more("[x][y]\n\n\n          [y]: javascript:alert(1)"), "not stand behind its text"
    yield "Markdown: autolink", more("<javascript:alert(1)>"), "HTML in Markdown"
    yield "Markdown: brackets", more("[" * 19), "a link is opened"
    yield "Markdown: stars", more("*" * 3_902), "bold"
    yield "Markdown: quotes", more("> " * 1_900), None


def cases() -> list[Case]:
    return [
        *yaml_cases(),
        *size_cases(),
        *byte_cases(),
        *tree_cases(),
        *condition_cases(),
        *text_cases(),
    ]
