"""The pages that show an OpenAPI document, with everything they need from this server.

A newsroom's network may not reach the hosts that such pages usually load their scripts from.
"""

from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

ASSETS = str(files("fastapi_offline") / "static")
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)


def add_docs(app: FastAPI) -> None:
    """Serve `/docs` for this application, wherever it is mounted."""

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "")
        page = get_swagger_ui_html(
            openapi_url=f"{root}{app.openapi_url}",
            title=app.title,
            swagger_js_url=f"{root}/docs/assets/swagger-ui-bundle.js",
            swagger_css_url=f"{root}/docs/assets/swagger-ui.css",
            swagger_favicon_url=f"{root}/docs/assets/favicon.png",
            swagger_ui_parameters={"tryItOutEnabled": True, "persistAuthorization": False},
        )
        page.headers["Content-Security-Policy"] = _POLICY
        return page

    app.mount("/docs/assets", StaticFiles(directory=ASSETS), name="docs-assets")
