"""Errors of HTTP itself: requests refused before anything of the domain looked at them."""

from app.errors import MastheadError


class BadRequest(MastheadError):
    """The request is not good HTTP, or its address cannot mean anything here."""

    status = 400
    type = "bad-request"
    title = "The request cannot be understood"


class Malformed(BadRequest):
    """The body is not JSON (RFC 8259, I-JSON): `detail` and `errors` say where."""

    type = "malformed-json"
    title = "The body is not acceptable JSON"


class MethodNotAllowed(MastheadError):
    """There is something at this address, but not for this method; see the header `Allow`."""

    status = 405
    type = "method-not-allowed"
    title = "This method is not possible here"


class NotOffered(MastheadError):
    """There is something at this address, but not in the format that was asked for."""

    status = 501
    type = "not-offered"
    title = "It cannot be had in this format"


class RequestTimeout(MastheadError):
    """The body did not arrive in time. Send it again over a better line, or in smaller parts."""

    status = 408
    type = "request-timeout"
    title = "The request did not arrive in time"


class ContentTooLarge(MastheadError):
    """The body is larger than this address accepts; `detail` names the limit."""

    status = 413
    type = "content-too-large"
    title = "The body is too large"


class AddressTooLong(MastheadError):
    """The path and query together are longer than any address here."""

    status = 414
    type = "uri-too-long"
    title = "The address is too long"


class UnsupportedMedia(MastheadError):
    """The body has a content type or an encoding that is not read here; send plain JSON."""

    status = 415
    type = "unsupported-media-type"
    title = "This kind of body is not accepted here"


class RangeNotSatisfiable(MastheadError):
    """The file ends before the range begins; `Content-Range` says how long it is."""

    status = 416
    type = "range-not-satisfiable"
    title = "The file has no such part"


class HeadersTooLarge(MastheadError):
    """The header fields are too large in sum; cookies are the usual cause, and none are needed."""

    status = 431
    type = "headers-too-large"
    title = "The header fields are too large"
