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
    """Give the PDF of a template filled with data."""
    made: bytes = importlib.import_module("typst").compile(
        template,
        sys_inputs={"data": json.dumps(data, default=str, ensure_ascii=False)},
        pdf_standards=[STANDARD],
    )
    return made
