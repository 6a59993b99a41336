"""Pages made of templates, with the headers that keep them to themselves."""

from typing import Any

from fastapi.responses import HTMLResponse

from diaodu.templating import environment, render

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_templates = environment()


def page(template: str, **values: Any) -> HTMLResponse:
    """The page that `template` makes of `values`."""
    return HTMLResponse(text_of(template, **values), headers=HEADERS)


def text_of(template: str, **values: Any) -> str:
    """The same as a text."""
    return render(_templates, template, **values)
