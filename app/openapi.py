"""The API's description, generated from the code: OpenAPI 3.1 at ``/api/v1/openapi.json``.

Routes tell their own part by their schemas. What holds for all stands here: how to sign in, how an
unsafe request proves that it is meant, and the one shape of an error.
"""

from typing import Any

from apiflask import APIFlask
from flask import Response, jsonify
from pydantic import BaseModel, ConfigDict, Field

from app.errors import API_PREFIX
from core.access import allow, everyone

UNSAFE = ("post", "put", "patch", "delete")
ERRORS = {
    "401": "Nobody is signed in.",
    "403": "Not allowed in this role, or the CSRF token is missing.",
    "404": "There is no such thing, or it is not yours to see.",
    "409": "The state changed meanwhile, or the key came with other content before.",
    "413": "More than is taken at once.",
    "422": "The input breaks a rule; the details name the field.",
    "429": "Too often; the header Retry-After says how long to wait.",
    "503": "A part that is needed is busy; the header Retry-After says how long to wait.",
}
"""What any route may answer beside its own answers."""


_ERROR = {"$ref": "#/components/schemas/ErrorAnswer"}
"""By reference: APIFlask would make an empty instance of the model, which needs its fields."""


class ErrorBody(BaseModel):
    """What went wrong: a stable code, a sentence for a person, and the details."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(description="Stable and English, e.g. `not_found`.")
    message: str = Field(description="A sentence in the language of the request.")
    details: dict[str, Any] = Field(description="Numbers and names in the sentence; `fields` for bad input.")


class ErrorAnswer(BaseModel):
    """The one shape of an error."""

    model_config = ConfigDict(extra="forbid")

    error: ErrorBody


def init_app(app: APIFlask) -> None:
    """Serve the document; the routes under ``/api`` are described, pages are not."""
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        AUTO_404_RESPONSE=False,
        HTTP_ERROR_SCHEMA=_ERROR,
        VALIDATION_ERROR_SCHEMA=_ERROR,
        SYNC_LOCAL_SPEC=False,
    )
    app.security_schemes = {
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": app.config["SESSION_COOKIE_NAME"],
            "description": "Set by `POST /api/v1/session`.",
        },
        "csrf": {
            "type": "apiKey",
            "in": "header",
            "name": "X-CSRFToken",
            "description": "The `csrf_token` that signing in answers with; unsafe methods need it.",
        },
    }
    app.spec_processor(_complete)  # type: ignore[arg-type] # ours is JSON, never YAML text

    @app.get("/api/v1/openapi.json")
    @app.doc(hide=True)
    @allow(everyone)
    def openapi_document() -> Response:
        return jsonify(app.spec)


def _complete(spec: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not the API, and add to each operation what holds for all of them."""
    spec["paths"] = {path: found for path, found in spec["paths"].items() if path.startswith(API_PREFIX)}
    schemas = spec.setdefault("components", {}).setdefault("schemas", {})
    schemas.setdefault(
        "ErrorAnswer", ErrorAnswer.model_json_schema(ref_template="#/components/schemas/{model}")
    )
    schemas["ErrorAnswer"].pop("$defs", None)
    schemas.setdefault("ErrorBody", ErrorBody.model_json_schema())
    for path in spec["paths"].values():
        for method, operation in path.items():
            if isinstance(operation, dict) and "responses" in operation:
                _complete_operation(method, operation)
    return spec


def _complete_operation(method: str, operation: dict[str, Any]) -> None:
    signing_in = operation.get("operationId", "").startswith("post_session")
    if not signing_in:
        needed: dict[str, list[str]] = {"session": []}
        if method in UNSAFE:
            needed["csrf"] = []
        operation["security"] = [needed]
    for status, sentence in ERRORS.items():
        operation["responses"].setdefault(
            status,
            {
                "description": sentence,
                "content": {"application/json": {"schema": _ERROR}},
            },
        )
