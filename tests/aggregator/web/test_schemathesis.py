"""Schemathesis asks the real application whatever its own description allows, and much that it
does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, Response
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from aggregator.cli.text import Translator
from aggregator.config import Config
from aggregator.model import Credit, Role
from aggregator.web.app import SERVED, create_app
from aggregator.web.endpoint import Endpoint
from aggregator.webconfig import WebConfig
from pipelines.attribute import attribute
from pipelines.store import store
from storage import channels
from storage.database import open_database
from tests.pipelines.builders import body_of, normalised, publisher

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def api_schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    url = f"sqlite:///{tmp_path_factory.mktemp('api') / 'news.db'}"
    with closing(open_database(url, writable=True)) as database:
        with database.session() as session:
            channels.ensure(session, publisher(), ())
        for number in range(1, 30):
            found = normalised(
                url=f"https://contoh.example/berita/{number}/judul",
                external_id=f"k{number}",
                published_raw=f"{number} Juli 2026 08:00 WIB",
                tags=("SMK",),
                credits=(Credit(name="Rini Contoh", role=Role.REPORTER),),
                body_html=body_of(f"Isi nomor {number}."),
            )
            store(database, attribute(found, publisher()), cause="channel")
    with closing(open_database(url)) as database:
        app = create_app(Config(web=WebConfig(rate_limit=0, max_age=0)), database, Translator)
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


CASES = [
    pytest.param(endpoint, mode, id=f"{endpoint.name}-{mode.value}")
    for endpoint in SERVED
    for mode in GenerationMode
    # Where nothing can be given, nothing can be given wrongly.
    if endpoint.parameters or mode is GenerationMode.POSITIVE
]


@pytest.mark.parametrize(("endpoint", "mode"), CASES)
def test_the_api_is_as_it_says(
    api_schema: BaseSchema, endpoint: Endpoint, mode: GenerationMode
) -> None:
    operation = api_schema[endpoint.path]["GET"]

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Case) -> None:
        response = case.call()
        case.validate_response(response, excluded_checks=beside_the_point(response))

    check()


def beside_the_point(response: Response) -> list[Any]:
    """Checks that misunderstand a refusal.

    No JSON Schema can say that a cursor is one that we gave, and that days have an order and
    limits. An address that is too long is refused too, by a status that is not in their list.
    """
    if response.status_code == 414:
        return [negative_data_rejection, positive_data_acceptance]
    if response.status_code != 422:
        return []
    named = {error["parameter"] for error in response.json()["errors"]}
    return [positive_data_acceptance] if named <= {"cursor", "since", "until", "text", "q"} else []
