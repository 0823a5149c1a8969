import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
PROMISED = {
    ("post", "/api/v1/session"),
    ("get", "/api/v1/me"),
    ("get", "/api/v1/library/resources"),
    ("get", "/api/v1/library/resources/{resource_id}"),
    ("get", "/api/v1/library/collections"),
    ("get", "/api/v1/library/collections/{collection_id}"),
    ("get", "/api/v1/lessons/{lesson_id}"),
    ("post", "/api/v1/playback"),
    ("post", "/api/v1/attempts"),
    ("get", "/api/v1/assignments"),
    ("post", "/api/v1/assignments/{assignment_id}/submissions"),
    ("get", "/api/v1/submissions/{submission_id}"),
    ("get", "/api/v1/recommendations"),
    ("get", "/api/v1/students/{student_id}/progress"),
    ("get", "/api/v1/classes/{class_id}/progress"),
    ("get", "/api/v1/indicators"),
}
"""The addresses that outside clients are written against."""


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method, path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if isinstance(operation, dict) and "responses" in operation
    }


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")


def test_the_promised_addresses_are_described(document: dict[str, Any]) -> None:
    assert PROMISED - operations(document).keys() == set()


def test_every_api_route_is_described(app: Flask, document: dict[str, Any]) -> None:
    routes = {
        PARAMETER.sub(r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert routes - {"/api/v1/openapi.json"} <= document["paths"].keys()


def test_every_operation_says_what_it_does_and_how_it_fails(document: dict[str, Any]) -> None:
    for (method, path), operation in operations(document).items():
        assert operation.get("summary"), f"{method} {path} has no summary"
        assert {"401", "404", "422"} <= operation["responses"].keys()


def test_nothing_but_the_api_is_described(document: dict[str, Any]) -> None:
    assert [path for path in document["paths"] if not path.startswith("/api/v1/")] == []


def test_every_operation_says_the_shape_of_its_answers(document: dict[str, Any]) -> None:
    """All but those without content: an empty schema would tell a client nothing."""
    for (method, path), operation in operations(document).items():
        answers = {status: told for status, told in operation["responses"].items() if status != "204"}
        assert any(status.startswith("2") for status in operation["responses"]), f"{method} {path}"
        for status, told in answers.items():
            schemas = [one.get("schema") for one in told.get("content", {}).values()]
            assert schemas, f"{method} {path} {status} has no content"
            assert all(schemas), f"{method} {path} {status} has an empty schema"


def test_a_hand_in_answers_with_its_receipt_the_first_time_and_again(document: dict[str, Any]) -> None:
    answers = document["paths"]["/api/v1/assignments/{assignment_id}/submissions"]["post"]["responses"]
    for status in ("200", "201"):
        schema = answers[status]["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/Receipt"}


def test_unsafe_operations_ask_for_the_csrf_token(document: dict[str, Any]) -> None:
    for (method, path), operation in operations(document).items():
        if method == "get" or (method, path) == ("post", "/api/v1/session"):
            continue
        assert "csrf" in operation["security"][0], f"{method} {path}"


def test_every_reference_in_the_document_resolves(document: dict[str, Any]) -> None:
    def references(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [found for value in node.values() for found in references(value)]
        if isinstance(node, list):
            return [found for value in node for found in references(value)]
        return []

    schemas = document["components"]["schemas"]
    for reference in references(document["paths"]) + references(schemas):
        assert reference.removeprefix("#/components/schemas/") in schemas, reference
