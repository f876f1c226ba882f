"""Asks whether a version in requirements.lock has a known fault; `make audit` runs it.

pip-audit asks a service outside. Where that cannot be reached, or does not know a package,
nothing has been audited; this says so, because pip-audit alone would call it "no vulnerabilities".
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements.lock"
# pip-audit lies beside the Python that runs this.
COMMAND = (
    str(Path(sys.executable).with_name("pip-audit")),
    *("--require-hashes", "--disable-pip", "--requirement", str(LOCK)),
    *("--format", "json", "--timeout", "20", "--progress-spinner", "off"),
)


def main() -> int:
    """Print what is known of each package; return 1 if one has a known fault, otherwise 0."""
    try:
        ran = subprocess.run(COMMAND, capture_output=True, encoding="utf-8", check=False)
    except OSError as error:
        print(f"Not audited: pip-audit cannot be run ({error.strerror}).")
        return 0
    try:
        packages = json.loads(ran.stdout)["dependencies"]
    except (ValueError, KeyError):
        said = ran.stderr.strip().rpartition("\n")[2] or "pip-audit gave no answer"
        print(f"Not audited: {said}")
        return 0
    return report(packages)


def report(packages: list[dict[str, Any]]) -> int:
    """Print the known faults and what could not be looked up; return 1 if there is a fault."""
    faults = [(package, fault) for package in packages for fault in package.get("vulns", ())]
    for package, fault in faults:
        fixed = ", ".join(fault["fix_versions"]) or "no version yet"
        print(f"{package['name']} {package['version']} has {fault['id']}; mended in {fixed}.")
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    audited = len(packages) - len(skipped)
    if skipped:
        print(f"Not audited: the service does not know {', '.join(skipped)}.")
    print(f"{audited} of {len(packages)} packages audited, {len(faults)} known faults.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
