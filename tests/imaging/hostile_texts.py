"""What is sent as a picture and is none, with words of the reason."""

import gzip

from tests.imaging.drawing import png

SVG = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
SCRIPTED = SVG % b"<script>alert(1)</script>"

NO_PICTURES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "svg_script": (SCRIPTED, "SVG"),
    "svg_foreign_object": (SVG % b"<foreignObject><iframe src='x'/></foreignObject>", "SVG"),
    "svg_entity": (
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        + SVG % b"<text>&f;</text>", "SVG",
    ),
    "svg_prefixed": (b"\xef\xbb\xbf \n<!-- a --><s:svg xmlns:s='urn:svg'/>", "SVG"),
    "svg_utf16": (SCRIPTED.decode().encode("utf-16"), "SVG"),
    "svg_packed": (gzip.compress(SCRIPTED), "known"),
    "html": (b"<!doctype html><script>alert(1)</script>" + png(9, 9), "known"),
    "magick": (b"push graphic-context\nviewbox 0 0 640 480\nfill 'url(x)'\n", "known"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n", "known"),
    "pixmap": (b"P6\n60000 60000\n255\n", "known"),
    "table": (b"1,2,3\n" * 99, "known"),
    "vips": (b"\xb6\xa6\xf2\x08" + b"\0" * 200, "known"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "application/pdf"),
    "film": (b"\0\0\0\x18ftypisom\0\0\0\1isommp41", "video/mp4"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 99, "HEIC"),
    "not_even_avif": (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + b"\xff" * 400, "beginning"),
}  # fmt: skip
