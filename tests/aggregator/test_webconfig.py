"""How the program answers over HTTP: what the file, the environment and a mistake come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from aggregator.config import Config, load
from aggregator.errors import ConfigError
from aggregator.webconfig import WebConfig


def read(folder: Path, toml: str = "", **environ: str) -> Config:
    """The configuration of a folder with this file; ``WEB_MAX_AGE="1"`` sets that variable."""
    (folder / "aggregator.toml").write_text(toml, encoding="utf-8")
    return load({f"AGGREGATOR_{name}": value for name, value in environ.items()}, folder)


def test_the_file_says_how_to_answer(tmp_path: Path) -> None:
    toml = """
        school = "SMK Negeri 1 Contoh"
        base_url = "https://berita.sekolah.example/pendidikan"
        [web]
        cors_origins = ["https://sekolah.example"]
        rate_limit = 30
        trusted_proxies = ["127.0.0.1", "10.0.0.0/8", "::1"]
        max_age = 0
    """
    assert read(tmp_path, toml) == Config(
        school="SMK Negeri 1 Contoh",
        base_url="https://berita.sekolah.example/pendidikan",
        web=WebConfig(
            cors_origins=("https://sekolah.example",),
            rate_limit=30,
            trusted_proxies=("127.0.0.1", "10.0.0.0/8", "::1"),
            max_age=0,
        ),
    )


def test_the_environment_wins_over_the_file_setting_by_setting(tmp_path: Path) -> None:
    toml = '[web]\nrate_limit = 30\nmax_age = 5\ncors_origins = ["https://a.example"]'
    found = read(
        tmp_path, toml, WEB_RATE_LIMIT="60", WEB_CORS_ORIGINS="https://b.example, https://c.example"
    )
    assert found.web == WebConfig(
        rate_limit=60, max_age=5, cors_origins=("https://b.example", "https://c.example")
    )


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, WEB_RATE_LIMIT="", WEB_TRUSTED_PROXIES="").web == WebConfig()


@pytest.mark.parametrize(
    ("toml", "field"),
    [
        ("school = 1", "school"),
        ('base_url = "berita.example"', "base_url"),
        ('base_url = "https://berita.example/"', "base_url"),
        ('base_url = "https://berita.example?a=b"', "base_url"),
        ('base_url = "https://user:pw@berita.example"', "base_url"),
        ("web = 1", "web"),
        ("[web]\nport = 80", "web.port"),
        ('[web]\nrate_limit = "60"', "web.rate_limit"),
        ("[web]\nrate_limit = true", "web.rate_limit"),
        ("[web]\nrate_limit = -1", "web.rate_limit"),
        ("[web]\nmax_age = 1.5", "web.max_age"),
        ("[web]\nmax_age = 61", "web.max_age"),
        ('[web]\ncors_origins = "*"', "web.cors_origins"),
        ("[web]\ncors_origins = [1]", "web.cors_origins"),
        ('[web]\ntrusted_proxies = ["proxy"]', "web.trusted_proxies"),
        ('[web]\ntrusted_proxies = ["10.0.0.1/8"]', "web.trusted_proxies"),
    ],
)
def test_a_wrong_value_is_named_by_its_field(tmp_path: Path, toml: str, field: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, toml)
    assert caught.value.fields["field"] == field


@pytest.mark.parametrize("value", ["banyak", "-1", "1.5", "١٢٣a"])
def test_a_variable_that_is_no_number_is_named(tmp_path: Path, value: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, WEB_RATE_LIMIT=value)
    assert caught.value.fields["field"] == "web.rate_limit"
