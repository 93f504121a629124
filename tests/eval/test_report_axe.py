"""The pages in Chromium under axe-core: no violation, best practices included."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from eval.report import compare
from eval.report.results import publish
from eval.threshold.calibrate import calibrate, write_report
from tests.eval.building import NOISE, Scripted, answer
from tests.eval.test_calibrate import scored
from tests.eval.test_runs import GOOD, run

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
RUN = """<script>{axe}</script><script>
document.querySelectorAll("details").forEach(part => part.open = true);
axe.run(document).then(found => {{
  const told = document.body.appendChild(document.createElement("pre"));
  told.id = "axe";
  told.textContent = JSON.stringify([found.violations.map(v => [v.id, v.nodes[0].html]), found.passes.length]);
}});
</script></body>"""


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_violation(tmp_path: Path, dark: bool) -> None:
    if BROWSER is None:
        pytest.skip("Chromium is not installed")
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    first = run(tmp_path, Scripted(GOOD), "a")
    second = run(tmp_path, Scripted(GOOD | {"q1": answer((NOISE,), (NOISE,))}), "b")
    publish(second)
    compare.write(compare.compare(first, second), tmp_path / "b")
    write_report(calibrate(scored([0.8], [0.1])), tmp_path / "b" / "calibrate.html", {"date": "now"})
    for name in ("report", "compare", "calibrate"):
        violations, passed = _axe((tmp_path / "b" / f"{name}.html"), axe, dark)
        assert not violations, (name, violations)
        assert passed > 10


def _axe(page: Path, axe: str, dark: bool) -> tuple[list[list[str]], int]:
    """Violations and the number of rules that passed."""
    copy = page.with_suffix(".axe.html")
    copy.write_text(page.read_text(encoding="utf-8").replace("</body>", RUN.format(axe=axe)), encoding="utf-8")
    scheme = ["--blink-settings=preferredColorScheme=0"] if dark else []
    done = subprocess.run(
        [str(BROWSER), *"--headless --no-sandbox --disable-gpu --virtual-time-budget=30000 --dump-dom".split(), *scheme]
        + [copy.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    told = re.search(r'<pre id="axe">(.*?)</pre>', done.stdout, re.DOTALL)
    assert told, "axe-core gave no result"
    return tuple(json.loads(told[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")))
