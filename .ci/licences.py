"""The licences of the installed packages that constraints.txt pins: each must let the whole be used and passed on.

Ends with 1 where a package has another licence, or tells none, and licences.toml gives no reason. Needs no network.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

HERE = Path(__file__).parent
CONSTRAINTS = HERE.parent / "constraints.txt"
# Licences that ask for no more than a notice, or for the source of the package itself where it was changed.
ALLOWED = re.compile(
    r"^(The )?(MIT\b.*|(\d-Clause )?BSD\b.*|0BSD|Apache\b.*|ISC\b.*|PSF\b.*|Python Software.*|MPL\b.*|Zlib\b.*|CC0\b.*"
    r"|SIL Open Font.*|OFL\b.*|Mozilla Public.*|LGPL\b.*|.*Lesser General Public.*|BSL-1\.0|HPND|CNRI-Python"
    r"|Unlicense.*|Academic Free.*|LLVM-exception)$",
    re.IGNORECASE,
)


def licence(package: str) -> str | None:
    """The licence as a package tells it; empty where it tells none, None where it is not installed."""
    try:
        told = metadata(package)
    except PackageNotFoundError:
        return None
    classified = [c.split(" :: ")[-1] for c in told.get_all("Classifier", []) if c.startswith("License ::")]
    return told.get("License-Expression") or "; ".join(classified) or (told.get("License") or "").split("\n")[0].strip()


def allowed(told: str) -> bool:
    """Whether one of the alternatives of a licence is made of allowed ones alone."""
    told = re.sub(r"\([A-Z][A-Z0-9 .]*\)", "", told)  # "ISC License (ISCL)"
    return any(
        bool(parts := [p.strip("() ") for p in re.split(r" AND | WITH |;", one) if p.strip("() ")])
        and all(ALLOWED.match(part) for part in parts)
        for one in told.split(" OR ")
    )


def main() -> int:
    """Look at every pinned package that is here."""
    reasons = tomllib.loads((HERE / "licences.toml").read_text(encoding="utf-8"))
    names = [line.split("==")[0] for line in CONSTRAINTS.read_text(encoding="utf-8").split("\n") if "==" in line]
    told = {name: licence(name) for name in names}
    here = {name: text for name, text in told.items() if text is not None}
    odd = {name: text for name, text in here.items() if not allowed(text)}
    print(f"Licences: {len(here)} packages looked at, {len(told) - len(here)} pinned ones are not installed here.")
    for name, text in odd.items():
        print(
            f"known        {name}: {reasons[name]}"
            if name in reasons
            else f"NOT ALLOWED  {name}: {text or 'none told'}"
        )
    return int(not here or any(name not in reasons for name in odd))


if __name__ == "__main__":
    sys.exit(main())
