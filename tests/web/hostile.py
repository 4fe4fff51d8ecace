"""A graph whose names try to become markup, script, SPARQL or a path."""

from __future__ import annotations

from jintu.model import (
    Document,
    Entity,
    Evidence,
    Fact,
    Kind,
    KnowledgeGraph,
    Modality,
    Relation,
    Span,
)

NAME = "</script><img src=x onerror=alert(1)>\"'`{{7*7}}../../%2F%00政务Service中心#?&项目"
OTHER = "javascript:alert(2)//\u202e锦州<svg/onload=alert(3)>"


def knowledge() -> KnowledgeGraph:
    """Return a project in a place, both of hostile names, said by a document of one."""
    text = f"{NAME}在{OTHER}开工"
    document = Document(
        "恶<b>意</b>-2023",
        text,
        title="<script>alert(4)</script>",
        source="x",
        digest="0" * 64,
        place="锦州市",
        year=2023,
    )
    project = Entity(f"project/210700/{NAME}", Kind.PROJECT, NAME)
    place = Entity(f"place/210700/{OTHER}", Kind.PLACE, OTHER)
    seen = Evidence(document.id, Span(0, len(text)), text, "rule<i>", 0.9)
    fact = Fact(project.id, Relation.LOCATED_IN, place.id, Modality.STATED, 2023, (seen,))
    return KnowledgeGraph((document,), (project, place), (), (fact,))
