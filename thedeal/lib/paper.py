"""PDFs that anybody can read, set by Typst and tagged for screen readers (PDF/UA-1).

A template is a ``.typ`` file that reads ``#let data = json(bytes(sys.inputs.data))``.
What people typed goes in as data and is set as text: it is never Typst's own code.
"""

import importlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

STANDARD = "ua-1"


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """Give the PDF of a template filled with data.

    A letter that no font here can draw (an emoji, Chinese) may not stand in a file of
    the standard: the paper is then tagged as ever, without saying that it keeps to it.
    """
    typst = importlib.import_module("typst")
    filled = {"data": json.dumps(data, default=str, ensure_ascii=False)}
    try:
        made = typst.compile(template, sys_inputs=filled, pdf_standards=[STANDARD])
    except typst.TypstError:
        made = typst.compile(template, sys_inputs=filled)
    return bytes(made)
