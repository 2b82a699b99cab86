"""``[publish]`` as the file says it."""

from __future__ import annotations

from typing import Any

import pytest

from aggregator.errors import ConfigError
from aggregator.publishconfig import PublishConfig, publish_config

BLOG = {"name": "blog", "kind": "wordpress", "url": "https://sekolah.example", "user": "kantor"}


def of(**changes: Any) -> PublishConfig:
    return publish_config({"portals": [{**BLOG, **changes}]})


def test_portal_is_read() -> None:
    (portal,) = of(categories={"smk": "Kejuruan"}, password_file="rahasia").portals
    assert (portal.name, portal.categories, str(portal.password_file)) == (
        "blog",
        {"smk": "Kejuruan"},
        "rahasia",
    )
    assert portal.password_variable == "AGGREGATOR_PUBLISH_BLOG_PASSWORD"


def test_nothing_is_no_portal() -> None:
    assert publish_config({}) == PublishConfig()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "../etc"}, "publish.portals[1].name"),
        ({"name": "status"}, "publish.portals[1].name"),
        ({"kind": "joomla"}, "publish.portals[1].kind"),
        ({"user": ""}, "publish.portals[1]"),
        ({"url": "sekolah.example"}, "publish.portals[1].url"),
        ({"state": "draft"}, "publish.portals[1].state"),
        ({"password": "rahasia"}, "publish.portals[1].password"),
        ({"default_category": " "}, "publish.portals[1].default_category"),
        ({"categories": {"smk": ""}}, "publish.portals[1].categories.smk"),
        ({"categorie": "x"}, "publish.portals[1].categorie"),
    ],
)
def test_what_cannot_be_meant_is_named(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ConfigError) as caught:
        of(**changes)
    assert caught.value.fields["field"] == field


def test_two_portals_of_one_name_are_refused() -> None:
    with pytest.raises(ConfigError, match="two are called 'blog'"):
        publish_config({"portals": [BLOG, BLOG]})


def test_attempts_of_zero_are_refused() -> None:
    with pytest.raises(ConfigError, match="max_attempts"):
        publish_config({"max_attempts": 0})
