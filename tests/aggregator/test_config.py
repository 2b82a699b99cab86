"""Configuration: what is not said has a default, and what is wrong is named."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from aggregator.config import Config, PublisherConfig, config_of, load
from aggregator.errors import ConfigError
from aggregator.model import Channel, ChannelKind, RightsBasis
from aggregator.times import QuietHours
from tests.pipelines.builders import publisher


def read(folder: Path, toml: str = "", **environ: str) -> Config:
    """The configuration of a folder with this file; ``CONTACT="…"`` sets AGGREGATOR_CONTACT."""
    if toml:
        (folder / "aggregator.toml").write_text(toml, encoding="utf-8")
    return load({f"AGGREGATOR_{name}": value for name, value in environ.items()}, folder)


def wrong(folder: Path, toml: str = "", **environ: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        read(folder, toml, **environ)
    return caught.value


# --- where values come from -----------------------------------------------------------------------


def test_without_file_and_environment_there_are_defaults(tmp_path: Path) -> None:
    config = read(tmp_path)
    assert config == Config(
        database_url="sqlite:///news.db",
        language="id",
        timezone="Asia/Makassar",
        contact=None,
        allow_private_network=False,
        rules=None,
        min_interval=timedelta(minutes=10),
        max_interval=timedelta(hours=2),
        quiet_hours=None,
        recheck_budget=20,
        publishers={},
    )


def test_the_zone_is_that_of_the_school() -> None:
    assert Config(timezone="Asia/Jayapura").zone == ZoneInfo("Asia/Jayapura")


def test_the_file_says_otherwise(tmp_path: Path) -> None:
    toml = """
        database_url = "postgresql://server/berita"
        language = "en"
        timezone = "Asia/Jakarta"
        contact = "admin@sekolah.example"
        allow_private_network = true
        rules = "aturan.toml"
        min_interval = "15m"
        max_interval = "1d"
        quiet_hours = "22:00-04:30"
        recheck_budget = 5
    """
    assert read(tmp_path, toml) == Config(
        database_url="postgresql://server/berita",
        language="en",
        timezone="Asia/Jakarta",
        contact="admin@sekolah.example",
        allow_private_network=True,
        rules=Path("aturan.toml"),
        min_interval=timedelta(minutes=15),
        max_interval=timedelta(days=1),
        quiet_hours=QuietHours.parse("22:00-04:30"),
        recheck_budget=5,
    )


def test_the_environment_says_otherwise(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        DATABASE_URL="sqlite:///lain.db",
        LANGUAGE="en",
        TIMEZONE="Asia/Jakarta",
        CONTACT="admin@sekolah.example",
        ALLOW_PRIVATE_NETWORK="true",
        RULES="aturan.toml",
        MIN_INTERVAL="90s",
        MAX_INTERVAL="3h",
        QUIET_HOURS="23:00-03:00",
        RECHECK_BUDGET="0",
    )
    assert config == Config(
        database_url="sqlite:///lain.db",
        language="en",
        timezone="Asia/Jakarta",
        contact="admin@sekolah.example",
        allow_private_network=True,
        rules=Path("aturan.toml"),
        min_interval=timedelta(seconds=90),
        max_interval=timedelta(hours=3),
        quiet_hours=QuietHours.parse("23:00-03:00"),
        recheck_budget=0,
    )


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    toml = 'language = "id"\ncontact = "berkas@sekolah.example"'
    config = read(tmp_path, toml, CONTACT="lingkungan@sekolah.example")
    assert (config.language, config.contact) == ("id", "lingkungan@sekolah.example")


def test_the_environment_can_take_back_what_the_file_permits(tmp_path: Path) -> None:
    toml = "allow_private_network = true"
    assert not read(tmp_path, toml, ALLOW_PRIVATE_NETWORK="false").allow_private_network


@pytest.mark.parametrize(
    "name", ["LANGUAGE", "CONTACT", "ALLOW_PRIVATE_NETWORK", "RULES", "CONFIG"]
)
def test_an_empty_variable_says_nothing(tmp_path: Path, name: str) -> None:
    toml = 'language = "en"'
    assert read(tmp_path, toml, **{name: ""}) == Config(language="en")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1", True), ("TRUE", True), ("yes", True), ("0", False), ("False", False), ("no", False)],
)
def test_yes_and_no_in_the_environment(tmp_path: Path, written: str, meant: bool) -> None:
    assert read(tmp_path, ALLOW_PRIVATE_NETWORK=written).allow_private_network is meant


def test_the_environment_names_another_file(tmp_path: Path) -> None:
    (tmp_path / "lain.toml").write_text('language = "en"', encoding="utf-8")
    assert read(tmp_path, 'language = "id"', CONFIG="lain.toml").language == "en"
    assert read(tmp_path, CONFIG=str(tmp_path / "lain.toml")).language == "en"


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert read(tmp_path, '\ufefflanguage = "en"').language == "en"


def test_what_a_crawler_was_given_is_what_it_uses() -> None:
    given = Config(language="en")
    assert config_of(SimpleNamespace(settings={"AGGREGATOR_CONFIG": given})) is given


# --- publishers -----------------------------------------------------------------------------------


def test_what_the_school_changes_about_a_publisher(tmp_path: Path) -> None:
    toml = """
        [publishers.contoh]
        rights_basis = "izin_tertulis"
        terms = "surat izin 12/2026"
        sites = ["www", "kaltim"]
        min_interval = "5m"
        max_interval = "30m"
        quiet_hours = "01:00-03:00"

        [[publishers.contoh.channels]]
        name = "rss"
        kind = "feed"
        url = "https://contoh.example/rss"

        [[publishers.contoh.channels]]
        name = "indeks"
        kind = "listing"
        url = "https://contoh.example/indeks"
        page_url = "https://contoh.example/indeks/{offset}"
        page_size = 25
        max_pages = 3
        section = "Pendidikan"
    """
    assert read(tmp_path, toml).of("contoh") == PublisherConfig(
        rights_basis=RightsBasis.PERMISSION,
        terms="surat izin 12/2026",
        sites=("www", "kaltim"),
        min_interval=timedelta(minutes=5),
        max_interval=timedelta(minutes=30),
        quiet_hours=QuietHours.parse("01:00-03:00"),
        channels=(
            Channel(
                publisher="contoh",
                name="rss",
                kind=ChannelKind.FEED,
                url="https://contoh.example/rss",
            ),
            Channel(
                publisher="contoh",
                name="indeks",
                kind=ChannelKind.LISTING,
                url="https://contoh.example/indeks",
                page_url="https://contoh.example/indeks/{offset}",
                page_size=25,
                max_pages=3,
                section="Pendidikan",
            ),
        ),
    )


def test_of_a_publisher_that_is_not_named_nothing_is_changed(tmp_path: Path) -> None:
    config = read(tmp_path, '[publishers.lain]\nterms = "x"')
    assert config.of("contoh") == PublisherConfig()
    assert config.apply(publisher()) == publisher()


def test_the_schools_terms_replace_those_declared(tmp_path: Path) -> None:
    toml = '[publishers.contoh]\nrights_basis = "izin_tertulis"\nterms = "surat izin 12/2026"'
    assert read(tmp_path, toml).apply(publisher()) == publisher(
        rights_basis=RightsBasis.PERMISSION, terms="surat izin 12/2026"
    )


def test_what_the_school_leaves_out_stays_as_declared(tmp_path: Path) -> None:
    declared = publisher(rights_basis=RightsBasis.GOVERNMENT, terms="https://contoh.example/syarat")
    toml = '[publishers.contoh]\nsites = ["www"]'
    assert read(tmp_path, toml).apply(declared) == declared


# --- what is wrong --------------------------------------------------------------------------------

CHANNEL = 'name = "rss", kind = "feed", url = "https://contoh.example/rss"'


def of_publisher(text: str) -> str:
    return f"[publishers.contoh]\n{text}"


def of_channel(text: str) -> str:
    return of_publisher(f"channels = [{{ {CHANNEL}, {text} }}]")


@pytest.mark.parametrize(
    ("toml", "field"),
    [
        ('bahasa = "id"', "bahasa"),
        ('Language = "id"', "Language"),
        ('[crawl]\ncontact = "x"', "crawl"),
        ("database_url = 1", "database_url"),
        ("language = true", "language"),
        ('language = "jv"', "language"),
        ('language = ""', "language"),
        ("timezone = 8", "timezone"),
        ('timezone = "Asia/Balikpapan"', "timezone"),
        ('timezone = "Asia"', "timezone"),
        ('timezone = "../zoneinfo/UTC"', "timezone"),
        ('timezone = ""', "timezone"),
        ('timezone = "a\\u0000b"', "timezone"),
        ('contact = ["admin@sekolah.example"]', "contact"),
        ('allow_private_network = "yes"', "allow_private_network"),
        ("allow_private_network = 1", "allow_private_network"),
        ("rules = 2026-07-31", "rules"),
        ("min_interval = 600", "min_interval"),
        ('min_interval = "10 menit"', "min_interval"),
        ('max_interval = "0h"', "max_interval"),
        ('min_interval = "3h"', "min_interval"),
        ('quiet_hours = "malam"', "quiet_hours"),
        ('quiet_hours = ["22:00", "04:00"]', "quiet_hours"),
        ("publishers = 1", "publishers"),
        ("publishers = []", "publishers"),
        ('[publishers]\ncontoh = "x"', "publishers.contoh"),
        (of_publisher('hak = "x"'), "publishers.contoh.hak"),
        (of_publisher('rights_basis = "bebas"'), "publishers.contoh.rights_basis"),
        (of_publisher("rights_basis = 1"), "publishers.contoh.rights_basis"),
        (of_publisher("rights_basis = []"), "publishers.contoh.rights_basis"),
        (of_publisher("terms = 1"), "publishers.contoh.terms"),
        (of_publisher('sites = "www"'), "publishers.contoh.sites"),
        (of_publisher('sites = ["www", 1]'), "publishers.contoh.sites"),
        (of_publisher('min_interval = "x"'), "publishers.contoh.min_interval"),
        (of_publisher('max_interval = "5m"'), "publishers.contoh.min_interval"),
        (of_publisher("quiet_hours = 22"), "publishers.contoh.quiet_hours"),
        (of_publisher('channels = "rss"'), "publishers.contoh.channels"),
        (of_publisher('channels = ["rss"]'), "publishers.contoh.channels"),
        (of_publisher(f"channels = {{ {CHANNEL} }}"), "publishers.contoh.channels"),
        (
            of_publisher('channels = [{ name = "rss", kind = "atom", url = "https://x.example" }]'),
            "publishers.contoh.channels.kind",
        ),
        (
            of_publisher('channels = [{ name = 1, kind = "feed", url = "https://x.example" }]'),
            "publishers.contoh.channels.name",
        ),
        (
            of_publisher('channels = [{ name = "rss", kind = "feed", url = 1 }]'),
            "publishers.contoh.channels.url",
        ),
        (of_channel('publisher = "lain"'), "publishers.contoh.channels.publisher"),
        (of_channel('jumlah = "x"'), "publishers.contoh.channels.jumlah"),
        (of_channel("page_url = 1"), "publishers.contoh.channels.page_url"),
        (of_channel('page_size = "25"'), "publishers.contoh.channels.page_size"),
        (of_channel("page_size = true"), "publishers.contoh.channels.page_size"),
        (of_channel("max_pages = 1.5"), "publishers.contoh.channels.max_pages"),
        (of_channel("body = { page = 1 }"), "publishers.contoh.channels.body"),
        (of_channel("section = []"), "publishers.contoh.channels.section"),
    ],
)
def test_a_wrong_value_is_named_by_its_field(tmp_path: Path, toml: str, field: str) -> None:
    error = wrong(tmp_path, toml)
    assert error.fields["field"] == field
    assert "\n" not in str(error)


@pytest.mark.parametrize("needed", ["name", "kind", "url"])
def test_what_a_channel_needs_is_named(tmp_path: Path, needed: str) -> None:
    others = ", ".join(part for part in CHANNEL.split(", ") if not part.startswith(needed))
    error = wrong(tmp_path, of_publisher(f"channels = [{{ {others} }}]"))
    assert error.fields["field"] == "publishers.contoh.channels"
    assert repr(needed) in str(error)


@pytest.mark.parametrize(
    ("environ", "field"),
    [
        ({"LANGUAGE": "jv"}, "language"),
        ({"TIMEZONE": "Balikpapan"}, "timezone"),
        ({"ALLOW_PRIVATE_NETWORK": "mungkin"}, "allow_private_network"),
    ],
)
def test_a_wrong_variable_is_named_by_its_field(
    tmp_path: Path, environ: dict[str, str], field: str
) -> None:
    assert wrong(tmp_path, **environ).fields["field"] == field


def test_the_environment_may_put_right_what_the_file_says(tmp_path: Path) -> None:
    assert read(tmp_path, 'language = "jv"', LANGUAGE="en").language == "en"


@pytest.mark.parametrize("content", [b"language = ", b"= 1", b'contact = "\xff"'])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "aggregator.toml"
    path.write_bytes(content)
    assert wrong(tmp_path).fields["field"] == str(path)


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "aggregator.toml"
    path.mkdir()
    assert wrong(tmp_path).fields["field"] == str(path)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    error = wrong(tmp_path, 'language = "en"', CONFIG="lain.toml")
    assert error.fields == {"field": str(tmp_path / "lain.toml"), "detail": "no such file"}


def test_wrong_configuration_is_the_operators_affair() -> None:
    assert ConfigError(field="x", detail="y").exit_code == 2


@pytest.mark.parametrize(
    ("toml", "environ"),
    [
        ("recheck_budget = -1", {}),
        ('recheck_budget = "5"', {}),
        ("recheck_budget = true", {}),
        ("", {"RECHECK_BUDGET": "banyak"}),
        ("", {"RECHECK_BUDGET": "-1"}),
    ],
)
def test_a_budget_is_a_number_from_nothing_on(
    tmp_path: Path, toml: str, environ: dict[str, str]
) -> None:
    assert wrong(tmp_path, toml, **environ).fields["field"] == "recheck_budget"
