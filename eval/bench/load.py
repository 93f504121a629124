"""Many people asking a running page at once, and one who floods it: `python -m eval.bench.load URL FILE`.

Each asker comes from an address of its own, which the page believes where `[access] proxies` names this machine. The
figures say something only of a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any

TIMEOUT = 90  # seconds until an asker gives up
FLOODS = 20  # requests that the hostile asker keeps open
LONG = "Why do families wait so long for speech and language therapy, and what do leaders say about it? " * 20


@dataclass
class Asked:
    """What became of the questions of some askers: how often each status came, and the seconds of each answer."""

    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Counts and the seconds that 50 and 95 of 100 answers kept; those are None where there was no answer."""
        ordered = sorted(self.seconds)
        at = {f"p{share}": ordered[int(share / 100 * (len(ordered) - 1))] if ordered else None for share in (50, 95)}
        return {"statuses": dict(self.statuses), **at, "longest": ordered[-1] if ordered else None}


def _ask(url: str, question: dict[str, Any], address: str, asked: Asked) -> str:
    """Ask once and note what came; its status as text."""
    headers = {"Content-Type": "application/json", "X-Forwarded-For": address}
    request = urllib.request.Request(f"{url}/api/answer", json.dumps(question).encode(), headers)
    started = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            answer.read()
        status = str(answer.status)
        asked.seconds.append(round(time.monotonic() - started, 3))
    except urllib.error.HTTPError as error:
        status = str(error.code)
    except (OSError, HTTPException) as error:
        status = type(error).__name__
    asked.statuses[status] += 1
    return status


def load(
    url: str, questions: Sequence[dict[str, Any]], seconds: float, askers: int, pause: float, hostile: bool
) -> dict[str, Any]:
    """Let `askers` put questions for so long, each `pause` seconds after its answer on average; the figures."""
    end = time.monotonic() + seconds
    people, flood = [Asked() for _ in range(askers)], [Asked() for _ in range(FLOODS if hostile else 0)]

    def person(number: int) -> None:
        chance = random.Random(number)
        time.sleep(chance.uniform(0, pause))
        while time.monotonic() < end:
            _ask(url, chance.choice(questions), f"10.0.{number // 250}.{number % 250 + 1}", people[number])
            time.sleep(chance.uniform(0.5, 1.5) * pause)

    def flooder(number: int) -> None:
        while time.monotonic() < end:
            sent = {"question": LONG[:1900], "history": [LONG[:1900]] * 6}
            if _ask(url, sent, "10.9.9.9", flood[number]) != "200":
                time.sleep(0.2)

    threads = [threading.Thread(target=person, args=(n,)) for n in range(askers)]
    threads += [threading.Thread(target=flooder, args=(n,)) for n in range(len(flood))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"askers": _together(people).figures()} | ({"hostile": _together(flood).figures()} if hostile else {})


def _together(several: Sequence[Asked]) -> Asked:
    whole = Asked()
    for one in several:
        whole.statuses += one.statuses
        whole.seconds += one.seconds
    return whole


def main() -> None:
    """The command; FILE holds questions as `chatbot ask --batch` takes them."""
    options = argparse.ArgumentParser(prog="python -m eval.bench.load", description="Ask a running page as many do.")
    options.add_argument("url")
    options.add_argument("questions", type=Path)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--askers", type=int, default=30)
    options.add_argument("--pause", type=float, default=10, help="seconds between an answer and the next question")
    options.add_argument("--hostile", action="store_true", help="one more floods the page with long questions")
    chosen = options.parse_args()
    rows = [json.loads(line) for line in chosen.questions.read_text(encoding="utf-8").split("\n") if line.strip()]
    questions = [{name: row.get(name) for name in ("question", "area", "history")} for row in rows]
    told = load(chosen.url.rstrip("/"), questions, chosen.minutes * 60, chosen.askers, chosen.pause, chosen.hostile)
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
