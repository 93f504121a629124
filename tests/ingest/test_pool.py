"""Reading in child processes: a crash, a hang or a glutton costs one document."""

import multiprocessing
import os
import time
from dataclasses import dataclass

import pytest

from ingest.errors import DocumentError
from ingest.intake import sandbox


@dataclass
class Job:
    name: str
    kind: str = "fine"


def work(job: Job) -> str:
    if job.kind == "crash":
        os._exit(9)
    if job.kind == "hang":
        time.sleep(60)
    if job.kind == "slow":
        time.sleep(3)
    while job.kind == "busy":
        pass
    if job.kind == "greedy":
        return str(len(bytearray(3_000_000_000)))
    if job.kind == "told":
        raise DocumentError(f"{job.name} is told.")
    if job.kind == "surprise":
        raise KeyError("unforeseen")
    return job.name


def run(*kinds: str, seconds: float = 30) -> dict[str, str]:
    jobs = [Job(f"{number}.pdf", kind) for number, kind in enumerate(kinds)]
    outcomes = list(sandbox.run(work, jobs, [job.name for job in jobs], 2, seconds, 1500))
    assert sorted(outcome.index for outcome in outcomes) == list(range(len(jobs)))
    return {jobs[o.index].kind: str(o.error or o.result) for o in outcomes}


def test_every_kind_of_failure_is_one_sentence_and_stops_no_other() -> None:
    told = run("fine", "crash", "told", "surprise", "greedy")
    assert told["fine"] == "0.pdf"
    assert told["crash"] == "1.pdf made its reader stop: it is damaged, or larger inside than it looks."
    assert told["told"] == "2.pdf is told."
    assert told["surprise"] == "3.pdf cannot be read (KeyError): fetch it again."
    assert told["greedy"] == "4.pdf needs more memory to read than is allowed: split it."


def test_a_document_that_takes_too_long_is_given_up() -> None:
    told = run("busy", "fine", seconds=1)
    assert "took too long to read" in told["busy"] and told["fine"] == "1.pdf"


def test_a_busy_machine_fails_no_good_paper() -> None:
    """Its reader waits three times as long as it may work."""
    assert run("slow", seconds=1) == {"slow": "0.pdf"}


def test_a_document_whose_reader_stands_still_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "STANDING", 1)
    told = run("hang", "fine", seconds=15)
    assert "took too long to read" in told["hang"] and told["fine"] == "1.pdf"


def test_nothing_to_do_gives_nothing() -> None:
    assert run() == {}


def test_a_task_that_says_it_goes_on_has_its_time_anew_but_not_for_ever() -> None:
    ours, theirs = multiprocessing.Pipe()
    child = sandbox._Child(None, ours, seconds=100, index=0)
    seen: list[sandbox.Pulse] = []
    for part in range(sandbox.MOST_PULSES):
        theirs.send(sandbox.Pulse(part, 9))
        child.deadline = 0.0
        assert sandbox._collect(child, True, ["0.pdf"], seen.append) is None
        assert child.deadline > time.monotonic()
    assert seen[1] == sandbox.Pulse(1, 9) and len(seen) == sandbox.MOST_PULSES
    theirs.send(sandbox.Pulse(0, 9))
    child.deadline = 0.0
    assert sandbox._collect(child, True, ["0.pdf"], seen.append) is None
    assert "took too long" in str(sandbox._collect(child, False, ["0.pdf"], seen.append).error)
    theirs.send(("done", None))
    assert sandbox._collect(child, True, ["0.pdf"], seen.append) == sandbox.Outcome(0, "done")
