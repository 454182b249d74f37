"""Codes to point a phone at (QR), as pictures drawn here: no other machine is asked."""

import io

import segno


def qr_inline(text: str) -> str:
    """Give a code as SVG for a page, black on white, sized by its box."""
    return _made(text).svg_inline(
        border=2, light="#fff", omitsize=True, svgclass="qr__code"
    )


def qr_image(text: str) -> bytes:
    """Give a code as an SVG file of its own, for a picture that a page links to."""
    file = io.BytesIO()
    _made(text).save(file, kind="svg", border=2, light="#fff", omitsize=True)
    return file.getvalue()


def _made(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False)
