"""Channels of the shapes seen: each lists golden cases, and reading it finds exactly those.

``channels.json`` says for each file what it stands for: ``channel``, ``url``, ``kind``, the
``cases`` that it lists, links that are ``outside`` or no articles, reasons for ``skipped`` entries,
``children`` of a sitemap index, or the reason for which the channel as a whole ``fails``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aggregator.errors import ChannelError
from aggregator.model import Channel, ChannelKind
from spiders.channels.reading import Reading
from spiders.registry import publishers

HERE = Path(__file__).parent


def rows() -> list[Any]:
    return [
        pytest.param(index.parent, row, id=f"{index.parent.parent.name}-{row['file']}")
        for index in sorted(HERE.glob("*/channels/channels.json"))
        for row in json.loads(index.read_text(encoding="utf-8"))
    ]


def read(folder: Path, row: dict[str, Any]) -> Reading:
    name = folder.parent.name
    channel = Channel(
        publisher=name, name=row["channel"], kind=ChannelKind(row["kind"]), url=row["url"]
    )
    return publishers()[name]().read_channel(
        channel, (folder / row["file"]).read_bytes(), row["url"]
    )


@pytest.mark.parametrize(("folder", "row"), rows())
def test_channel(folder: Path, row: dict[str, Any]) -> None:
    if "fails" in row:
        with pytest.raises(ChannelError) as caught:
            read(folder, row)
        assert caught.value.reason == row["fails"]
        return
    reading = read(folder, row)
    parser = publishers()[folder.parent.name]()
    found = [parser.canonical(entry.url) for entry in reading.entries]
    wanted = [case_url(folder.parent / name) for name in row["cases"]]
    outside = row.get("outside", [])
    assert sorted(found) == sorted([*wanted, *outside])
    assert list(reading.skipped) == row["skipped"]
    assert list(reading.children) == row.get("children", [])
    assert [url for url in found if not parser.is_article_url(url)] == outside


@pytest.mark.parametrize(("folder", "row"), rows())
def test_entries_state_headline_and_time(folder: Path, row: dict[str, Any]) -> None:
    if "fails" in row:
        return
    for entry in read(folder, row).entries:
        assert entry.headline
        assert entry.published_raw
        assert not entry.published_raw.startswith("-")


def case_url(case: Path) -> str:
    expected: dict[str, Any] = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return str(expected["canonical_url"])


# Of one form, and read by the same code, whoever publishes them; all others need an example.
STANDARD_KINDS = {ChannelKind.FEED, ChannelKind.NEWS_SITEMAP}


@pytest.mark.parametrize("name", sorted(publishers()))
def test_every_channel_kind_of_a_publishers_own_form_has_an_example(name: str) -> None:
    index = HERE / name / "channels" / "channels.json"
    rows = json.loads(index.read_text(encoding="utf-8")) if index.exists() else []
    own = {channel.kind for channel in publishers()[name].channels} - STANDARD_KINDS
    assert own <= {row["kind"] for row in rows}


@pytest.mark.parametrize("name", sorted(publishers()))
def test_declared_channels_are_well_formed(name: str) -> None:
    channels = publishers()[name].channels
    assert len({channel.name for channel in channels}) == len(channels)
    for channel in channels:
        assert channel.publisher == name
        if channel.page_url:
            assert channel.page_url.format(page=2, offset=50) != channel.url
        if channel.body:
            json.loads(channel.body % {"page": 2, "offset": 10})
