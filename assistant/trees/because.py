"""Which answers made a condition what it is. Looks through facts and signals down to the questions themselves."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.trees import rules
from assistant.trees.logic import NO, YES, Truth, conjunction, disjunction, negation
from assistant.trees.program import Program, State


def because(program: Program, state: State, *texts: str) -> tuple[str, ...]:
    """The ids of the questions that decide these conditions, in document order, each once."""
    found = {id for text in texts for id in _deciding(program, state, program.parsed[text], set())}
    return tuple(sorted(found, key=program.places.__getitem__))


def _value(program: Program, state: State, expression: rules.Expression) -> Truth:
    match expression:
        case rules.And(parts):
            return conjunction(_value(program, state, part) for part in parts)
        case rules.Or(parts):
            return disjunction(_value(program, state, part) for part in parts)
        case rules.Not(part):
            return negation(_value(program, state, part))
        case _:
            return program.atoms[expression](state)


def _deciding(program: Program, state: State, expression: rules.Expression, seen: set[str]) -> Iterator[str]:
    match expression:
        case rules.And(parts) | rules.Or(parts):
            values = [_value(program, state, part) for part in parts]
            whole = conjunction(values) if isinstance(expression, rules.And) else disjunction(values)
            # An `and` that holds needs every part, an `or` that fails too; else the parts that decided it.
            needs_all = whole is not NO if isinstance(expression, rules.And) else whole is NO
            for part, value in zip(parts, values, strict=True):
                if needs_all or value is whole:
                    yield from _deciding(program, state, part, seen)
        case rules.Not(part):
            yield from _deciding(program, state, part, seen)
        case rules.FactIs(name) | rules.Raised(name):
            if name not in seen:
                seen.add(name)
                text = program.facts[name][1] if isinstance(expression, rules.FactIs) else program.signals[name][1].when
                yield from _deciding(program, state, program.parsed[text], seen)
        case _:
            for question in rules.questions_of(expression):
                if state.paths[question] >= Truth.UNSURE and _is_settled(state, question):
                    yield question
                elif state.paths[question] is NO and not isinstance(expression, rules.Answered | rules.Unsure):
                    yield from _closing(program, state, question, seen)


def _closing(program: Program, state: State, question: str, seen: set[str]) -> Iterator[str]:
    """What keeps a question off the path: an atom on it is no because of those answers."""
    if f"path of {question}" in seen:
        return
    seen.add(f"path of {question}")
    asked = program.asked[question]
    for text in (*asked.opening_texts, *asked.condition_texts):
        if program.runs[text](state) is NO:
            yield from _deciding(program, state, program.parsed[text], seen)


def _is_settled(state: State, question: str) -> bool:
    """Something was said about it: a value, "don't know yet", or "not applicable"."""
    said = state.values[question] is not None or question in state.unsure
    return said or state.blanks[question] is NO or state.blanks[question] is YES
