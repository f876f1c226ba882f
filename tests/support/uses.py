"""Reports from practice for tests: invented ones, in temporary folders alone."""

from __future__ import annotations

from pathlib import Path

USE = {
    "method": "harvest-jury",
    "place": '"Barnton"',
    "country": "England",
    "when": "2025-03",
    "what_happened": '"They met and ate."',
    "again": "as-before",
}


def use_text(**changes: str) -> str:
    """Return the text of a report with some fields changed or added; "" takes one out."""
    fields = {**USE, **changes}
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def write_use(methods_dir: Path, name: str = "barnton", **changes: str) -> Path:
    """Write a report into the folder uses beside a folder of methods."""
    file = methods_dir.parent / "uses" / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(use_text(**changes), encoding="utf-8")
    return file


def write_three(methods_dir: Path, **changes: str) -> None:
    """Write three reports of the harvest jury: 12, 24 and 40 people, £3,000, £9,000 and £12,000."""
    for month, (people, money) in enumerate(((12, 3000), (24, 9000), (40, 12000)), start=1):
        figures = {"people": str(people), "money": str(money), "when": f"2025-0{month}"}
        write_use(methods_dir, f"use-{month}", **figures, **changes)
