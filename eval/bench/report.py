"""The benchmark as one page of Markdown with a plot beside it, ratios first; and its figures as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from chatbot.library import EXACT
from eval.bench.asking import Asking
from eval.bench.ingesting import OURS, Ingest
from eval.bench.measure import Bench, Size
from eval.errors import EvalError
from prompts import words

PAGE, PLOT, DATA = "benchmarks.md", "benchmarks.svg", "benchmarks.json"


def write(bench: Bench, folder: Path) -> None:
    """Write the page, the plot and the figures. Raises EvalError where the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / PAGE).write_text(page(bench), encoding="utf-8")
        (folder / DATA).write_text(json.dumps(asdict(bench), indent=1), encoding="utf-8")
        _plot(bench.sizes, folder / PLOT)
    except OSError as error:
        raise EvalError(f"{folder} cannot be written: {error.strerror}.") from error


def page(bench: Bench) -> str:
    """The whole page."""
    parts = [
        f"# {_say('title')}",
        _say("made", **bench.machine),
        f"## {_say('ratios')}",
        *(f"- {line}" for line in _ratios(bench)),
        f"## {_say('questions_title')}",
        _say("questions_text"),
        _asking_table(bench.sizes),
        f"![{_say('plot')}]({PLOT})",
        _say("arms_text", exact=_count(EXACT)),
        _arms_table(bench.sizes),
        f"## {_say('ingest_title')}",
        _say("ingest_text"),
        _ingest_table([*bench.ingests, *bench.larger]),
        _stage_table(bench.ingests[0], bench.larger[0]),
        f"## {_say('growth_title')}",
        _say("growth_text"),
        _growth_table(bench.sizes),
        f"## {_say('how_title')}",
        _say("how"),
    ]
    return "\n\n".join(part.strip() for part in _joined_lists(parts)) + "\n"


def _joined_lists(parts: Sequence[str]) -> list[str]:
    """Lines of a list without empty lines between them."""
    found: list[str] = []
    for part in parts:
        if part.startswith("- ") and found and found[-1].startswith("- "):
            found[-1] += "\n" + part
        else:
            found.append(part)
    return found


def _say(key: str, **values: object) -> str:
    return words("eval", f"bench.{key}", **values)


def _ratios(bench: Bench) -> list[str]:
    lines = [line for ingests in (bench.ingests, bench.larger) for line in _ingest_ratios(ingests)]
    lines += [
        _say(
            "question_ratio",
            passages=_count(size.ours.passages),
            ratio=_times(size.plain.at(0.5) / size.ours.at(0.5)),
            at_ninety_five=_times(size.plain.at(0.95) / size.ours.at(0.95)),
        )
        for size in bench.sizes
        if size.plain
    ]
    first, last = bench.sizes[0].ours, bench.sizes[-1].ours
    if last.passages > first.passages:
        lines.append(
            _say(
                "growth_ratio",
                passages=f"{last.passages / first.passages:.0f}",
                median=f"{last.at(0.5) / first.at(0.5):.1f}",
                ninety_five=f"{last.at(0.95) / first.at(0.95):.1f}",
            )
        )
    return lines


def _ingest_ratios(ingests: Sequence[Ingest]) -> list[str]:
    mine = [i for i in ingests if i.system.startswith(OURS)]
    lines = [
        _say(
            "ingest_ratio" if ours.words_read > 1.1 * other.words_read else "ingest_ratio_same",
            documents=ours.documents,
            ours=ours.system,
            system=other.system,
            files=_times(other.seconds / ours.seconds),
            words=_times((ours.words_read / ours.seconds) / (other.words_read / other.seconds)),
            share=f"{ours.words_read / other.words_read:.1f}",
        )
        for ours in mine
        for other in ingests[len(mine) :]
    ]
    lines.append(_say("within", documents=mine[0].documents, share=f"{mine[0].within:.0%}"))
    return lines


def _asking_table(sizes: Sequence[Size]) -> str:
    rows = [_asking_row(a) for size in sizes for a in (size.ours, size.plain) if a]
    return _table(
        (
            "Passages",
            "System",
            "p50",
            "p95",
            "p99",
            "first answer",
            "opening the index",
            "libraries and model",
            "peak memory",
        ),
        rows,
    )


def _asking_row(a: Asking) -> list[str]:
    times = [_ms(a.at(share)) for share in (0.5, 0.95, 0.99)]
    start = [_seconds(a.opening), _seconds(a.libraries)] if a.libraries else ["-", "-"]
    return [_count(a.passages), a.system, *times, _seconds(a.first), *start, f"{a.peak_mb:,.0f} MB"]


def _arms_table(sizes: Sequence[Size]) -> str:
    rows = [
        [_count(s.ours.passages), _ms(s.arms.compared), _ms(s.arms.chroma), f"{s.arms.chroma_mb:,.0f} MB",
         f"{s.arms.agree:.1%}"]
        for s in sizes
    ]  # fmt: skip
    return _table(
        ("Passages", "All compared", "Chroma beside the index", "Memory that Chroma adds", "Neighbours in common"), rows
    )


def _ingest_table(ingests: Iterable[Ingest]) -> str:
    rows = [
        [
            i.system, str(i.documents), str(i.pages), _count(i.pieces), _count(i.words), _count(i.words_read),
            _seconds(i.seconds), f"{i.pages / i.seconds:.1f}", f"{i.words_read / i.seconds:,.0f}",
            f"{i.peak_mb:,.0f} MB",
        ]
        for i in ingests
    ]  # fmt: skip
    return _table(
        ("System", "Documents", "Pages", "Pieces", "Words in them", "Words the model reads", "Time", "Pages a second",
         "Words a second", "Peak memory"),
        rows,
    )  # fmt: skip


def _stage_table(*ingests: Ingest) -> str:
    rows = [[_say(f"stage_{name}"), *(part for i in ingests for part in _stage(i, name))] for name in ingests[0].stages]
    columns = (part for i in ingests for part in (f"{i.documents} papers", "Share"))
    return _table(("Stage of our ingest", *columns), rows)


def _stage(ingest: Ingest, name: str) -> tuple[str, str]:
    seconds = ingest.stages[name]
    return _seconds(seconds), f"{seconds / sum(ingest.stages.values()):.0%}"


def _growth_table(sizes: Sequence[Size]) -> str:
    rows = [
        [_count(s.ours.passages), str(s.documents), f"{s.disk_mb:,.0f} MB", f"{s.chroma_mb:,.0f} MB",
         f"{s.embedded_a_second:.0f}" if s.embedded_a_second else "-", _seconds(s.writing),
         _seconds(s.one_more), f"{s.one_more_mb:,.1f} MB"]
        for s in sizes
    ]  # fmt: skip
    return _table(
        ("Passages", "Documents", "Index on disk", "of it Chroma", "Passages embedded a second", "Writing and proving",
         "One more paper", "written for it"),
        rows,
    )  # fmt: skip


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def _times(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"


def _count(number: int) -> str:
    return f"{number:,}"


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.0f} s"


def _ms(value: float) -> str:
    return f"{value * 1000:.0f} ms"


def _plot(sizes: Sequence[Size], path: Path) -> None:
    """Time of a warm question against passages, both axes in powers of ten."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 4.5))
    series: list[tuple[str, float, str, Any]] = [
        ("send-chatbot, median", 0.5, "o-", "ours"), ("send-chatbot, 95 %", 0.95, "o--", "ours"),
        ("LlamaIndex, median", 0.5, "s-", "plain"), ("LlamaIndex, 95 %", 0.95, "s--", "plain"),
    ]  # fmt: skip
    for label, share, style, which in series:
        points = [(a.passages, a.at(share) * 1000) for size in sizes if (a := getattr(size, which))]
        if points:
            axes.plot(*zip(*points, strict=True), style, label=label, color="#1d4f91" if which == "ours" else "#7a3b00")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("passages in the index")
    axes.set_ylabel("milliseconds a question")
    axes.grid(True, which="major", color="#dddddd")
    axes.legend()
    figure.savefig(path, metadata={"Date": None, "Title": _say("plot")})
    pyplot.close(figure)
