"""Each kind of portal from its configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from aggregator.config import Config
from aggregator.errors import PortalRefusedError
from aggregator.identity import user_agent
from aggregator.publish import sekolahku_http, static, wordpress
from aggregator.publish.port import PortalPort
from aggregator.publishconfig import TargetConfig
from tests.aggregator.publish.makepost import make_post

CONFIG = Config(contact="guru@sekolah.example", school="SMK Negeri 1")


def portal(kind: str, **given: object) -> TargetConfig:
    return TargetConfig(name="sekolah", kind=kind, **given)  # type: ignore[arg-type]


def test_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGGREGATOR_PUBLISH_SEKOLAH_PASSWORD", "rahasia")
    for module, kind in ((wordpress, "wordpress"), (sekolahku_http, "sekolahku-http")):
        settings = portal(kind, url="https://sekolah.example", user="guru")
        port: PortalPort = module.open_port(settings, CONFIG)
        assert port.name == "sekolah"
        port.close()


def test_without_a_password_none_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGGREGATOR_PUBLISH_SEKOLAH_PASSWORD", raising=False)
    settings = portal("wordpress", url="https://sekolah.example", user="guru")
    with pytest.raises(PortalRefusedError, match="no password"):
        wordpress.open_port(settings, CONFIG)


def test_a_folder(tmp_path: Path) -> None:
    settings = portal("static", url="https://sekolah.example", folder=tmp_path / "situs")
    port: PortalPort = static.open_port(settings, CONFIG)
    port.create(make_post())
    assert "<title>SMK Negeri 1</title>" in (tmp_path / "situs" / "index.html").read_text("utf-8")


def test_we_say_who_we_are() -> None:
    assert user_agent(CONFIG.contact).startswith("school-news-aggregator/")
    assert user_agent(CONFIG.contact).endswith(" (+guru@sekolah.example)")
    assert "Scrapy" not in user_agent(None)
