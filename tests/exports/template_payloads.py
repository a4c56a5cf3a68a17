"""Texts that a typesetter, a word processor or a template engine would obey if it took them for its own language."""

from __future__ import annotations

TYPST = (
    '#read("/etc/passwd")',
    '#import "/etc/passwd"',
    '#include "../../secret.typ"',
    '#import "@preview/cetz:0.3.0"',
    "#sys.inputs",
    '#eval("1 + 1")',
    "#set text(fill: white)",
    "#show regex: none",
    "#pagebreak()",
    '#panic("stop")',
    '#link("https://example.nl")[klik]',
    '#pdf.attach("x.json", bytes("{}"))',
    "#{ while true {} }",
    "#let d = none",
    "= Kop",
    "*vet* _schuin_ `code`",
    "$ sum_(i=1)^n i $",
    "@bron <label>",
    "[inhoud] ] #[ [",
    "\\u{41} \\ // /* */ ~ --- ...",
)
WORD = (
    "</w:t></w:r></w:p><w:p/>",
    "<w:t>vals</w:t>",
    '<w:fldSimple w:instr="AUTHOR"/>',
    "{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe }",
    '{ INCLUDETEXT "/etc/passwd" }',
    '{ INCLUDEPICTURE "https://example.nl/p.png" }',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "&e; &amp; &#65;",
    "<![CDATA[ x ]]> ]]>",
    '<?xml version="1.0"?>',
)
JINJA = (
    "{{ 7 * 7 }}",
    "{{ dossier.words }}",
    "{{ ''.__class__.__mro__ }}",
    "{% for x in y %}{% endfor %}",
    "{% include 'docx/core.xml' %}",
    "{# weg #}",
    "{%- raw -%}",
    "{{ config }}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "%s %(title)s {0} {title}",
)
PAYLOADS = TYPST + WORD + JINJA
