"""Where divisions lie on the page's map."""

from __future__ import annotations

import pytest

from jintu.html import Reference, page
from jintu.html.chart import chart
from jintu.reference import reference
from knowledge_samples import jinzhou
from test_html import said


def test_divisions_of_the_graph_have_their_place_and_all_counties_are_the_ground() -> None:
    made = said(page(jinzhou(), reference=reference()))["map"]
    labels = {entity.label: number for number, entity in enumerate(jinzhou().entities)}
    places = {number: degrees for number, *degrees in made["entities"]}
    longitude, latitude = places[labels["锦州市"]]
    assert (longitude / 100, latitude / 100) == pytest.approx((121.1, 41.1), abs=0.1)
    assert labels["黑山镇"] not in places  # townships have no point of their own
    assert len(made["ground"]) == len(made["names"]) == len(made["levels"]) > 3000


def test_counties_are_named_only_in_provinces_that_the_graph_goes_into() -> None:
    spots = reference().spots
    made = chart(["210000", "330100", None], spots)
    assert made is not None
    named = {code for code, name in zip(sorted(spots), made["names"], strict=True) if name}
    assert {"210000", "210700", "330106", "110000"} <= named
    assert "210726" not in named


def test_a_graph_without_a_division_has_no_map() -> None:
    assert chart([None, "999999"], reference().spots) is None
    assert said(page(jinzhou(), reference=Reference()))["map"] is None


def test_no_two_counties_stand_on_the_same_spot_and_all_lie_in_the_country() -> None:
    spots = {code: (spot.longitude, spot.latitude) for code, spot in reference().spots.items()}
    counties = [place for code, place in spots.items() if not code.endswith("00")]
    assert len(set(counties)) > 0.98 * len(counties)  # some districts of one city share its middle
    assert all(73 < longitude < 136 and 3 < latitude < 54 for longitude, latitude in spots.values())
