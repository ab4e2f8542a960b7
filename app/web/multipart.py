"""One file in a form (multipart/form-data, RFC 7578), read as it comes: never whole in memory."""

from collections.abc import AsyncIterator

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.errors import Fault, Invalid
from app.web.refusals import BadRequest, UnsupportedMedia

LARGEST_FIELD = 1_000_000
_MOST_PARTS = 10


class Form:
    """The fields of a form, and one file in the part `file`, whose bytes `pieces` gives on.

    `fields` and `file_name` are whole once `pieces` has ended. Parts of other names are refused.
    """

    def __init__(self, content_type: str | None, names: frozenset[str]) -> None:
        """`names` are the fields that there may be. Raises UnsupportedMedia for another type."""
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise UnsupportedMedia("Send the file as multipart/form-data, in the part `file`.")
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": self._header_name,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_end,
                    "on_headers_finished": self._headers_finished,
                    "on_part_data": self._data,
                    "on_end": self._end,
                },
            )
        except FormParserError as error:
            raise BadRequest(f"The form cannot be read: {error}.") from None
        self._names = names
        self._parts = 0
        self._header = b""
        self._value = b""
        self._disposition = b""
        self._part: str | None = None
        self._came: list[bytes] = []
        self._ended = False
        self.fields: dict[str, bytes] = {}
        self.file_name: str | None = None
        self.has_file = False

    async def pieces(self, stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The bytes of the file. Raises BadRequest or Invalid, in the middle of it too."""
        async for chunk in stream:
            try:
                self._parser.write(chunk)
            except FormParserError as error:
                raise BadRequest(f"The form cannot be read: {error}.") from None
            if self._came:
                came, self._came = b"".join(self._came), []
                yield came
        if not self._ended:
            raise BadRequest("The form does not end: its last boundary is missing.")
        if not self.has_file:
            raise _wrong("file", "It is required.")

    def _begin(self) -> None:
        self._parts += 1
        self._header = self._value = self._disposition = b""
        if self._parts > _MOST_PARTS:
            raise BadRequest(f"A form may have {_MOST_PARTS} parts.")

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if name == "file":
            if self.has_file:
                raise _wrong("file", "Send one file in a request.")
            self.has_file = True
            sent = options.get(b"filename")
            self.file_name = sent.decode("utf-8", "replace") if sent is not None else None
        elif name not in self._names:
            known = ", ".join(sorted({"file", *self._names}))
            raise _wrong(name[:100], f"There is no such part. Known are: {known}.")
        elif name in self.fields:
            raise _wrong(name, "It is there twice.")
        else:
            self.fields[name] = b""
        self._part = name

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._part == "file":
            self._came.append(data[start:end])
            return
        assert self._part is not None
        self.fields[self._part] += data[start:end]
        if len(self.fields[self._part]) > LARGEST_FIELD:
            raise _wrong(self._part, f"It has more than {LARGEST_FIELD:,} bytes.")

    def _end(self) -> None:
        self._ended = True


def _wrong(part: str, reason: str) -> Invalid:
    return Invalid("The form cannot be accepted.", faults=[Fault(reason, pointer=f"/{part}")])
