"""How a request of tus runs: as any that brings a file, in the words of the protocol."""

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError

from app.errors import MastheadError
from app.storage.faults import StorageFault
from app.web import failures, tus
from app.web.upload_route import UploadRoute, UploadRouter
from app.web.write_route import Handler

_SPOKEN = {"Tus-Resumable": tus.VERSION}


class TusRoute(UploadRoute):
    """Each answer says which version is spoken, failures too."""

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                response = await handler(request)
            except (MastheadError, RequestValidationError, StorageFault) as failure:
                error = failures.error_of(failure)
                assert error is not None, "each of these has one"
                error.headers = {**error.headers, **_SPOKEN}
                raise error from failure
            response.headers.update(_SPOKEN)
            return response

        return answer


class TusRouter(UploadRouter):
    kind = TusRoute
