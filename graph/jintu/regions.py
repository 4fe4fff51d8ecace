"""Part what is known by region: the prefecture it belongs to. What has one region is worked on together."""

from __future__ import annotations

from jintu.divisions import COUNTRY

NATION = "cn"  # the scope of what the whole country knows by one name
NOWHERE = "-"  # the scope of names in a document without a place of its own
PREFECTURE = 4  # digits of a code that name a prefecture


def region_of(scope: str) -> str:
    """Return the region of a scope: the prefecture that a division lies in, ``cn``, or ``-`` for nowhere.

    >>> region_of("210726"), region_of("210700"), region_of("cn")
    ('2107', '2107', 'cn')
    """
    return NATION if scope == COUNTRY else scope[:PREFECTURE] if scope.isdigit() else scope


def region_of_entity(identifier: str) -> str:
    """Return the region of an entity by its id; one of another making has none.

    >>> region_of_entity("institution/210726/县医院"), region_of_entity("division/100000")
    ('2107', 'cn')
    """
    return region_of((*identifier.split("/", 2), "", "")[1])
