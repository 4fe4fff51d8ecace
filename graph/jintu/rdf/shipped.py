"""Read the questions that ship with the ontology and fill in their parameters.

A question is a .rq file that runs as it stands. Comment lines at its top describe it:
``# zh:`` and ``# en:`` say what it asks, ``# param: NAME TYPE explanation`` names a variable that
stands in the query once as ``VALUES ?NAME { ... }`` with its default (``UNDEF`` for any), a quantity
with its unit as ``VALUES (?NAME ?NAME_unit) { (...) }``, and ``# expect:`` lines say what the sample answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import Literal

from jintu.errors import OntologyError, QueryError, unreadable
from jintu.model import Quantity
from jintu.ontology import Ontology
from jintu.rdf import terms as t
from jintu.rdf.literals import storable
from jintu.rdf.mint import decimal, status
from jintu.text.numerals import numeral
from jintu.text.quantities import quantities

_HEADER = re.compile(r"^# (zh|en|param|expect): (.*)$", re.M)
_EXPECTED = re.compile(r"^# expect: .*\n?", re.M)
_QUOTED = re.compile(r"""[“"'‘「『《]([^“”"'‘’「」『』《》]+)[”"'’」』》]""")
_NAME = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Parameter:
    """Hold a variable that a question lets its asker set: a name, a text, a year, a sum, a quantity or a status."""

    name: str
    type: str
    about: str

    @property
    def slot(self) -> re.Pattern[str]:
        """Return what finds the values of the variable in a query."""
        return re.compile(rf"VALUES {re.escape(self._variables)} \{{[^{{}}]*\}}")

    def values(self, value: str) -> str:
        """Write the values of the variable as SPARQL; whatever the value holds, it stays one.

        Raises:
            QueryError: if the value is not of the parameter's type.

        >>> Parameter("place", "name", "").values('锦州" } DROP ALL')
        'VALUES ?place { "锦州\\\\" } DROP ALL"@zh }'
        >>> Parameter("min", "amount", "").values("1亿元")
        'VALUES ?min { "100000000"^^<http://www.w3.org/2001/XMLSchema#decimal> }'
        >>> Parameter("min", "quantity", "").values("5万亩")
        'VALUES (?min ?min_unit) { ("50000"^^<http://www.w3.org/2001/XMLSchema#decimal> "MU") }'
        """
        return f"VALUES {self._variables} {{ {t.uncalled(TYPES[self.type](self, self.plain(value)))} }}"

    def plain(self, value: str) -> str:
        """Return a value as it is compared: a name without the quotes around it, which a graph's names do not keep.

        >>> Parameter("of", "name", "").plain("“碧水行动”"), Parameter("of", "name", "").plain("“碧水”和“净土”")
        ('碧水行动', '“碧水”和“净土”')
        """
        quoted = _QUOTED.fullmatch(value) if self.type == "name" else None
        return quoted[1] if quoted else value

    @property
    def _variables(self) -> str:
        return f"(?{self.name} ?{self.name}_unit)" if self.type == "quantity" else f"?{self.name}"

    def wrong(self, value: str, wanted: str) -> QueryError:
        """Say that a value is not what the parameter wants."""
        return QueryError(f'{self.name}: "{value}" is no {self.type}; write {wanted}')


@dataclass(frozen=True, slots=True)
class Question:
    """Hold a question with what it asks, its parameters and, apart from its text, the answer that the sample gives."""

    name: str
    zh: str
    en: str
    text: str
    parameters: Mapping[str, Parameter]
    expected: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the SPARQL text with the parameters set; those not named keep their defaults.

        Raises:
            QueryError: if there is no such parameter or a value is not of its type.
        """
        text = self.text
        for name, value in values.items():
            parameter = self.parameter(name)
            text = parameter.values(value).join(parameter.slot.split(text, 1))
        return text

    def parameter(self, name: str) -> Parameter:
        """Return a parameter.

        Raises:
            QueryError: if there is none of that name.
        """
        if name not in self.parameters:
            raise QueryError(f'{self.name}: no parameter "{name}"; it has {", ".join(self.parameters) or "none"}')
        return self.parameters[name]


def questions(ontology: Ontology) -> Mapping[str, Question]:
    """Return the questions of an ontology by name, in the order of their names.

    >>> from jintu.ontology import load
    >>> questions(load())["projects"].en
    'Which projects are there, where, and at what stage?'
    """
    names = ontology.names("queries", ".rq")
    return {name: question(name, ontology.text(f"queries/{name}.rq")) for name in names}


def question(name: str, text: str) -> Question:
    """Read a question from the text of a .rq file.

    Raises:
        OntologyError: if a parameter has no slot or an unknown type.
    """
    lines = [(found[1], found[2].strip()) for found in _HEADER.finditer(text)]
    said = {key: value for key, value in lines if key in ("zh", "en")}
    parameters = [_parameter(name, value, text) for key, value in lines if key == "param"]
    expected = tuple(value for key, value in lines if key == "expect")
    asked = _EXPECTED.sub("", text)
    return Question(name, said.get("zh", ""), said.get("en", ""), asked, {p.name: p for p in parameters}, expected)


def sparql(asked: str, ontology: Ontology, values: Mapping[str, str]) -> str:
    """Return the SPARQL text of what was asked.

    Raises:
        QueryError: if it is nothing that can be asked, or the parameters do not fit.
    """
    return named(asked, ontology).filled(values)


def named(asked: str, ontology: Ontology) -> Question:
    """Return the question that was asked: SPARQL text, a .rq file or the name of a shipped one.

    Raises:
        QueryError: if it is none of these.
    """
    shipped = ontology.names("queries", ".rq")
    if asked in shipped:
        return question(asked, ontology.text(f"queries/{asked}.rq"))
    if asked.endswith(".rq"):
        return question(Path(asked).stem, _file(Path(asked)))
    if _NAME.fullmatch(asked):
        near = get_close_matches(asked, shipped, n=1)
        hint = f"did you mean {near[0]}?" if near else f"choose {', '.join(shipped)}"
        raise QueryError(f'"{asked}" is no SPARQL, no .rq file and no shipped question; {hint}')
    return question("the query", asked)


def _file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        hint = "name a .rq file, a shipped question (jintu questions) or write SPARQL"
        raise QueryError(f"{path}: {unreadable(error)}; {hint}") from None


def _parameter(question: str, line: str, text: str) -> Parameter:
    name, type, about = (*line.split(" ", 2), "", "")[:3]
    if type not in TYPES:
        raise OntologyError(f'queries/{question}.rq: type "{type}" is none of {", ".join(TYPES)}')
    parameter = Parameter(name, type, about)
    if len(parameter.slot.findall(text)) != 1:
        wanted = parameter.values(EXAMPLES[type])
        raise OntologyError(f"queries/{question}.rq: {wanted} or the like must stand in the query once")
    return parameter


def _text(parameter: Parameter, value: str) -> str:
    return str(Literal(storable(value), language="zh"))


def _year(parameter: Parameter, value: str) -> str:
    if not re.fullmatch(r"\d{4}", value, re.A):
        raise parameter.wrong(value, "four digits, such as 2023")
    return str(Literal(int(value)))


def _amount(parameter: Parameter, value: str) -> str:
    figure, number = _figure(value), numeral(value)
    if figure and figure.measured_in == "CNY":
        number = figure.value
    if number is None:
        raise parameter.wrong(value, "a sum of yuan, such as 1亿元 or 100000000")
    return _decimal(number)


def _quantity(parameter: Parameter, value: str) -> str:
    figure = _figure(value)
    if figure is None:
        raise parameter.wrong(value, "a figure with its unit, such as 5万亩")
    return f"({_decimal(figure.value)} {Literal(figure.measured_in)})"


def _figure(value: str) -> Quantity | None:
    """Return the one figure that a value is, whole."""
    found = [figure.quantity for figure in quantities(value)]
    return found[0] if len(found) == 1 and found[0].text == value else None


def _decimal(number: Decimal) -> str:
    return str(Literal(decimal(number), datatype=t.DECIMAL))


def _status(parameter: Parameter, value: str) -> str:
    return str(status(value))


TYPES: Mapping[str, Callable[[Parameter, str], str]] = {
    "name": _text,
    "text": _text,
    "year": _year,
    "amount": _amount,
    "quantity": _quantity,
    "status": _status,
}
EXAMPLES = {
    "name": "锦州市",
    "text": "开工建设",
    "year": "2023",
    "amount": "1亿元",
    "quantity": "5万亩",
    "status": "开工",
}
