"""The API's description, generated from the code: OpenAPI 3.1 at ``/api/v1/openapi.json``."""

from apiflask import APIFlask
from flask import jsonify
from flask.typing import ResponseReturnValue

from core.access import allow, everyone


def init_app(app: APIFlask) -> None:
    """Serve the document; the routes under ``/api`` are described, pages are not."""
    app.config.update(OPENAPI_VERSION="3.1.0", AUTO_404_RESPONSE=False)

    @app.get("/api/v1/openapi.json")
    @app.doc(hide=True)
    @allow(everyone)
    def openapi_document() -> ResponseReturnValue:
        return jsonify(app.spec)
