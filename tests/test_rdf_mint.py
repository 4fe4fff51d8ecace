"""IRIs are readable, legal, and tell their names again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from golden.knowledge import FACTS
from jintu.errors import GraphError
from jintu.rdf.mint import Mint, decimal, decode, digest, encode, indicator, status, unit

ANYTHING = st.text(alphabet=st.characters())  # lone surrogates too
HIDDEN = (
    '"<>\\ \t\n\r\0{}|^`%#?[]:\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\u2028\u3000\ue000\ufffe\U000e0041'
)


@given(ANYTHING)
def test_every_name_comes_back(name: str) -> None:
    assert decode(encode(name)) == name


@given(ANYTHING)
def test_every_entity_and_document_has_a_legal_iri_that_tells_its_id(identifier: str) -> None:
    mint = Mint("http://example.org/kg/")
    assert mint.entity_id(mint.entity(identifier)) == identifier
    assert mint.document_id(mint.document(identifier)) == identifier


@given(ANYTHING, ANYTHING)
def test_two_ids_never_share_an_iri(one: str, other: str) -> None:
    assert (Mint().entity(one) == Mint().entity(other)) == (one == other)
    assert (Mint().document(one) == Mint().document(other)) == (one == other)


@pytest.mark.parametrize("character", HIDDEN, ids=lambda character: f"U+{ord(character):04X}")
def test_what_is_illegal_or_invisible_is_encoded(character: str) -> None:
    assert encode(f"锦{character}州").removeprefix("锦").removesuffix("州").startswith("%")


@pytest.mark.parametrize(
    "name", ["锦凌水库", "“10·29”疫情", "《曙光》", "项目（一期）", "Ⅱ期", "𠀀村", "🌾节", "3.2亿元"]
)
def test_chinese_names_stay_readable(name: str) -> None:
    assert encode(name) == name


@pytest.mark.parametrize("name", ["..", ".", "../x", "//evil.example/x", "/x", "a//b", "http://evil.example/"])
def test_no_name_leads_out_of_the_base(name: str) -> None:
    iri = Mint().entity(name).value
    assert iri.startswith(Mint().base)
    assert not {".", "..", ""} & set(iri.removeprefix(Mint().base).split("/"))


def test_the_slashes_of_a_label_are_not_those_of_the_id() -> None:
    assert Mint().entity("project/210700/公铁/两用桥").value.endswith("/project/210700/公铁%2F两用桥")


@pytest.mark.parametrize(
    "base", ["", "id/", "http://example.org/id", "http://example.org/a b/", "http://e/#", "http://e/<x>/"]
)
def test_a_base_that_is_no_iri_is_refused(base: str) -> None:
    with pytest.raises(GraphError, match="ends in a slash"):
        Mint(base)


def test_an_iri_of_another_base_is_named() -> None:
    with pytest.raises(GraphError, match="not under the base"):
        Mint().entity_id(NamedNode("http://example.org/x"))


def test_an_encoding_that_is_no_utf8_is_named() -> None:
    with pytest.raises(GraphError, match="no UTF-8"):
        Mint().entity_id(NamedNode("https://w3id.org/jintu/id/%FF"))


def test_facts_that_differ_in_anything_but_evidence_are_different_statements() -> None:
    assert len({digest(fact) for fact in FACTS}) == len(FACTS)


def test_concepts_and_units_are_the_same_under_every_base() -> None:
    assert status("开工").value == "https://w3id.org/jintu/status/开工"
    assert indicator("地区生产总值").value == "https://w3id.org/jintu/indicator/地区生产总值"
    assert unit("PERSON").value == "http://qudt.org/vocab/unit/NUM"
    assert unit("no such unit").value == "https://w3id.org/jintu/unit/no%20such%20unit"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18))
def test_decimals_are_exact_and_canonical(number: Decimal) -> None:
    written = decimal(number)
    assert Decimal(written) == number
    assert "E" not in written
    assert not (written.endswith("0") and "." in written)
