"""The school's public pages: what the file, the environment and a mistake come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from aggregator.contrast import contrast
from aggregator.errors import ConfigError
from aggregator.model import RightsBasis
from aggregator.portalconfig import Approval, PortalConfig, Section
from aggregator.reuse import Reuse, reuse_of
from tests.aggregator.test_webconfig import read


def test_the_file_says_how_the_pages_are(tmp_path: Path) -> None:
    toml = """
        [portal]
        motto = "Siap Kerja"
        logo = "logo.svg"
        colour = "#1b5e20"
        colour_dark = "#a5d6a7"
        languages = ["en", "id"]
        approval = "none"
        press_reuse = "link"
        images = true
        image_hosts = ["cdn.contoh.example"]
        [[portal.sections]]
        name = "kejuruan"
        title = "Kejuruan"
        topics = ["smk"]
        publishers = ["kemdikbud"]
    """
    section = Section(name="kejuruan", title="Kejuruan", topics=("smk",), publishers=("kemdikbud",))
    assert read(tmp_path, toml).portal == PortalConfig(
        motto="Siap Kerja",
        logo=Path("logo.svg"),
        colour="#1b5e20",
        colour_dark="#a5d6a7",
        languages=("en", "id"),
        approval=Approval.NONE,
        press_reuse=Reuse.LINK,
        images=True,
        image_hosts=("cdn.contoh.example",),
        sections=(section,),
    )


def test_the_environment_wins_setting_by_setting(tmp_path: Path) -> None:
    toml = '[portal]\nmotto = "Satu"\npress_reuse = "full"'
    found = read(
        tmp_path,
        toml,
        PORTAL_PRESS_REUSE="excerpt",
        PORTAL_IMAGES="yes",
        PORTAL_LANGUAGES="en, id",
        PORTAL_MOTTO="",
    )
    assert found.portal == PortalConfig(
        motto="Satu", press_reuse=Reuse.EXCERPT, images=True, languages=("en", "id")
    )


def test_approval_is_required_unless_the_school_says_otherwise() -> None:
    assert PortalConfig().approval is Approval.REQUIRED


@pytest.mark.parametrize(
    ("toml", "field"),
    [
        ("warna = '#000000'", "portal.warna"),
        ("motto = 1", "portal.motto"),
        ("colour = 'red'", "portal.colour"),
        ("colour = '#0B5394'", "portal.colour"),
        ("colour = '#9cc7ff'", "portal.colour"),
        ("colour_dark = '#0b5394'", "portal.colour_dark"),
        ("languages = []", "portal.languages"),
        ("languages = ['id', 'id']", "portal.languages"),
        ("languages = ['jv']", "portal.languages"),
        ("languages = 'id'", "portal.languages"),
        ("approval = 'maybe'", "portal.approval"),
        ("press_reuse = 'none'", "portal.press_reuse"),
        ("images = 1", "portal.images"),
        ("logo = 'logo.exe'", "portal.logo"),
        ("image_hosts = ['https://a.example']", "portal.image_hosts"),
        ("image_hosts = ['localhost']", "portal.image_hosts"),
        ("sections = {}", "portal.sections"),
        ("sections = [{ name = 'a' }]", "portal.sections.title"),
        ("sections = [{ name = 'A b', title = 'A' }]", "portal.sections.name"),
        ("sections = [{ name = 'a', title = ' ' }]", "portal.sections.title"),
        ("sections = [{ name = 'a', title = 'A', tags = [] }]", "portal.sections.tags"),
        (
            "sections = [{ name = 'a', title = 'A' }, { name = 'a', title = 'B' }]",
            "portal.sections",
        ),
        ("sections = [{ name = 'a', title = 'A', topics = 'smk' }]", "portal.sections.topics"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, toml: str, field: str) -> None:
    with pytest.raises(ConfigError) as found:
        read(tmp_path, f"[portal]\n{toml}")
    assert found.value.fields["field"] == field


@pytest.mark.parametrize(
    ("variable", "field"),
    [("PORTAL_IMAGES", "portal.images"), ("PORTAL_COLOUR", "portal.colour")],
)
def test_a_mistake_in_the_environment_is_named(tmp_path: Path, variable: str, field: str) -> None:
    with pytest.raises(ConfigError) as found:
        read(tmp_path, **{variable: "maybe"})
    assert found.value.fields["field"] == field


# WCAG's own examples: black on white, white on white, #777777 on white.
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#777777", "#ffffff", 4.478)],
)
def test_contrast_is_as_wcag_measures_it(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.001)


FULL, EXCERPT, LINK = Reuse


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        (RightsBasis.GOVERNMENT, (FULL, FULL, FULL)),
        (RightsBasis.PERMISSION, (FULL, EXCERPT, LINK)),
        (RightsBasis.CURRENT_NEWS, (EXCERPT, EXCERPT, LINK)),
        (RightsBasis.EDUCATION, (EXCERPT, EXCERPT, LINK)),
        (RightsBasis.EXCERPT_ONLY, (EXCERPT, EXCERPT, LINK)),
    ],
)
def test_the_switch_takes_from_the_press_and_gives_nobody(
    basis: RightsBasis, expected: tuple[Reuse, ...]
) -> None:
    assert tuple(reuse_of(basis, press) for press in Reuse) == expected
