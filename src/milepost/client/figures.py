"""Figures of matplotlib and plotly, written to a file. Neither is loaded here: whoever has a figure
has its library loaded.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".svg", ".pdf")


def save(figure: Any, path: Path, options: dict[str, Any]) -> None:
    """Into a file of the kind that its suffix names. Raises TypeError for what is no figure."""
    if is_of(figure, "matplotlib.figure", "Figure"):
        figure.savefig(path, **options)
    elif is_of(figure, "plotly.graph_objects", "Figure"):
        if path.suffix == ".html":
            figure.write_html(path, **{"include_plotlyjs": "cdn", "auto_open": False, **options})
        elif path.suffix in IMAGE_SUFFIXES:
            figure.write_image(path, **options)
        else:
            known = ", ".join((".html", *IMAGE_SUFFIXES))
            raise TypeError(f"A plotly figure cannot be a '{path.suffix}' file; use {known}.")
    else:
        raise TypeError(f"Unsupported figure object type: '{type(figure)}'")


def is_of(value: Any, module: str, name: str) -> bool:
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(value, getattr(loaded, name))
