"""Named faults, one a rule that must not be lost, and the tests that must see each: `make mutations` puts them in.

Each is put into a copy of the project, and only its own tests are run there. A fault that no test sees survives: then a
test is missing, or the rule is not needed. `python -m tests.mutations NAME...` tries some of them.
"""

# ruff: noqa: E501  a fault stands on two or three lines, to be read as a table
from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import BUILT_ONCE, ROOT

SECONDS = 1800  # for the tests of one fault, on a slow machine
LIST = ROOT / "docs" / "mutations.md"
HEAD = """# Known faults and the tests that see them

Written by `make mutations`, which puts each fault of `tests/mutations.py` into a copy of the project, one at a time, and
runs the tests that are named for it there; the first that fails stands here."""
FAILED = re.compile(r"^FAILED (.+?)(?: - .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mutation:
    """A fault: `old` stands once in `file` and becomes `new`; one of `tests` (files or tests of pytest) must fail."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def _of(folder: str, tests: str, *rows: tuple[str, str, str, str, str]) -> tuple[Mutation, ...]:
    """Mutations of one room: name, file in `folder`, old, new, tests in `tests` parted by blanks."""
    return tuple(
        Mutation(name, f"{folder}/{file}", old, new, tuple(f"{tests}/{test}" for test in where.split()))
        for name, file, old, new, where in rows
    )


QUESTION = _of(
    "chatbot/question",
    "tests/chatbot/question",
    ("a safety line is searched", "policy.py", 'if pattern("screen", f"{name}.patterns").search(text):', "if False:",
     "test_policy.py::test_not_searched"),
    ("what cannot be seen stays in", "policy.py", '("Cf", "Co", "Cn", "Cs")', '("Co", "Cn", "Cs")',
     "test_policy.py::test_invisible_characters_are_taken_out"),
    ("after a disclosure the next question is searched", "policy.py", 'in ("safeguarding", "private"):',
     'in ("private",):', "test_policy.py::test_what_leans_on_a_disclosure_is_not_searched"),
    ("a learned kind decides nothing", "policy.py", "if seen.kinds[kind] >= sure or any(", "if any(",
     "test_policy.py::test_a_learned_kind_decides"),
    ("the box's area beats the one named", "read.py",
     "names none.\"\"\"\n    if found.areas or found.unknown:", "names none.\"\"\"\n    if False:",
     "test_read.py::test_named_area_wins_over_the_chosen_one"),
    ("a follow-up keeps the old area", "read.py", "or everywhere else _kept(before, area, library)",
     "else _kept(before, area, library)", "test_read.py::test_everywhere_leaves_the_area"),
    ("a follow-up keeps the old year", "read.py", "spans=spans(whole)), years or before.years, True",
     "spans=spans(whole)), before.years or years, True", "test_read.py::test_another_year"),
    ("a school year is one year", "read.py", "int(m.group(1)) + 1)", "int(m.group(1)))",
     "test_read.py::test_years_as_people_write_them"),
    ("the month is read before the day", "read.py", "-{month:02}-{day:02}", "-{day:02}-{month:02}",
     "test_read.py::test_days_in_figures"),
    ("two questions are read as one", "parts.py", "return [one, *_apart(other)]", "return [sentence]",
     "test_parts.py::test_parts"),
    ("of a story all is asked", "parts.py", "if len(text.split()) < STORY and", "if",
     "test_parts.py::test_parts"),
    ("few words are another language", "language.py", "if len(found) < FEWEST:\n        return False",
     "if len(found) < FEWEST:\n        return True", "test_policy.py::test_poor_spelling_and_jargon_are_english"),
)  # fmt: skip
SEARCH = _of(
    "chatbot/search",
    "tests/chatbot/search",
    ("words are not searched", "candidates.py", "in ((1.0, order), (WORDS, by_words)):", "in ((1.0, order),):",
     "test_candidates.py::test_both_lists_have_a_say"),
    ("meaning is not searched", "candidates.py", "in ((1.0, order), (WORDS, by_words)):", "in ((WORDS, by_words),):",
     "test_candidates.py::test_both_lists_have_a_say"),
    ("a document outside the scope", "candidates.py", "rows = library.rows_of(documents)",
     "rows = library.rows_of(library.documents)", "test_candidates.py::test_only_papers_asked_for"),
    ("equal scores come in any order", "candidates.py", "-np.round(scores[places], 5)", "np.round(scores[places], 5)",
     "test_candidates.py::test_equal_scores_keep_the_first"),
    ("the same words are read twice", "candidates.py", "> SAME * max(", "> 9 * max(",
     "test_candidates.py::test_the_same_words_are_read_once"),
    ("an undated paper passes a choice of years", "filters.py", "return about.year is not None and",
     "return about.year is None or", "test_filters.py::test_papers_without_a_date_are_left_out_where_years_are_chosen"),
    ("a side holds other areas' papers", "scopes.py", "Scope(area, tuple(library.in_areas([area]))) for area in question",
     "Scope(area, tuple(documents)) for area in question",
     "test_scopes.py::test_areas_are_sides_in_the_order_named"),
    ("kinds of paper are not compared", "scopes.py", "if len(named) < 2:", "if len(named) < 9:",
     "test_scopes.py::test_kinds_are_sides"),
)  # fmt: skip
READER = _of(
    "chatbot/reader",
    "tests/chatbot/reader",
    ("the model does not see where a passage stands", "inputs.py", "CONTEXT_TOKENS, SENTENCE_TOKENS, TOKENS = 64, 48,",
     "CONTEXT_TOKENS, SENTENCE_TOKENS, TOKENS = 64, 0,", "test_read.py::test_a_pair_holds_nothing_else"),
    ("sentences are shuffled", "inputs.py", "for sentence in sentences:", "for sentence in sentences[::-1]:",
     "test_read.py::test_a_pair_holds_nothing_else"),
    ("other weights load", "model.py", "Transformer(self.tuning.over(encoder))", "Transformer(encoder)",
     "test_read.py::test_the_tuned_model_is_what_reads"),
    ("something always answers", "read.py", "return round(math.exp(-shift) / (math.exp(-shift) + odds), 4)",
     "return 0.0", "test_read.py::test_the_likelihood_of_none_follows_the_scores"),
    ("nearness is not counted", "read.py", "score + NEAR * hit", "score + 0 * hit",
     "test_read.py::test_the_nearer_of_two_equal_passages_comes_first"),
    ("equal passages come in any order", "read.py", "(-h.score, h.passage.document, h.passage.ordinal)", "-h.score",
     "test_read.py::test_equal_passages_stand_in_the_order_of_their_papers"),
    ("dropped passages are read", "read.py", "[h for h in hits if not h.dropped][:depth]", "list(hits)[:depth]",
     "test_read.py::test_hits_come_back_best_first_and_dropped_ones_are_not_read"),
)  # fmt: skip
ANSWER = _of(
    "chatbot",
    "tests/chatbot",
    ("the threshold is off by a tenth", "records.py", "1 - self.none >= self.threshold",
     "1 - self.none >= self.threshold + 0.1", "reader/test_read.py::test_the_threshold_decides"),
    ("a refusal with a quote", "records.py", 'if self.status != "answered" and self.citations:', "if False:",
     "test_records.py::test_a_refusal_carries_no_quotes"),
    ("a quote nobody found", "records.py", "if any(not citation.verified or not citation.quote for",
     "if any(not citation.quote for", "test_records.py::test_a_quote_that_was_not_found_is_refused"),
    ("a quote off by a letter", "answer/quotes.py", "if found != collapse(quote) or not found:", "if not found:",
     "answer/test_quotes.py::test_words_that_are_not_on_the_page_are_refused"),
    ("half a thought is quoted", "answer/select.py", "if first > 0 and leans(", "if first < 0 and leans(",
     "answer/test_select.py::test_a_sentence_that_points_back_has_the_one_before_it"),
    ("a list short of a row", "answer/select.py", "max(0, len(p.sentences) - 1)) for p in items]",
     "max(0, len(p.sentences) - 1)) for p in items[1:]]",
     "answer/test_select.py::test_a_list_is_given_whole_where_one_is_asked_for"),
    ("one quote more than there is room for", "answer/select.py", "if len(made) > most:", "if len(made) > most + 1:",
     "answer/test_select.py::test_no_more_than_the_room_there_is"),
    ("far worse sentences are quoted", "answer/select.py", "if score < least", "if score < -99",
     "answer/test_select.py::test_far_worse_sentences_stay_out"),
    ("more is the same again", "answer/select.py", "shown += picks", "shown += []",
     "answer/test_select.py::test_more_goes_on_below_what_was_shown"),
    ("change is read backwards", "answer/compose.py", "reverse=not change)", "reverse=True)",
     "answer/test_compose.py::test_change_reads_from_old_to_new"),
    ("the newest leads whatever it says", "answer/compose.py", "max(worth.values()) - AS_GOOD", "max(worth.values()) - 99",
     "answer/test_compose.py::test_the_newest_leads_only_where_it_answers_as_well"),
    ("a guess is told as an answer", "answer/compose.py", "< SURE for f", "< 0 for f",
     "answer/test_compose.py::test_a_guess_is_told_as_one"),
    ("the lead names no date", "answer/compose.py", "wording.document(first.kind, first.area, first.date,",
     "wording.document(first.kind, first.area, None,",
     "answer/test_compose.py::test_lead_only_says_where_the_quotes_are_from"),
    ("a side without papers is not told", "answer/compose.py",
     'for area in question.unknown_areas]', "for area in ()]",
     "answer/test_compose.py::test_side_without_papers_is_named"),
    ("a refusal of danger without the numbers", "answer/refusals.py", '"screened"), reply=reply)', '"screened"), reply=None)',
     "answer/test_refusals.py::test_safeguarding_gives_the_numbers"),
    ("a place without papers is searched", "answer/refusals.py", "if question.unknown_areas and not question.areas:",
     "if False:", "answer/test_refusals.py::test_place_without_papers_names_those_with"),
    ("what may not be searched is", "conversation.py", "        if verdict is not None:", "        if verdict is False:",
     "answer/test_refusals.py::test_stages_that_decide_before_any_search"),
)  # fmt: skip
LANGUAGES = _of(
    "chatbot/languages",
    "tests/chatbot/languages",
    ("danger in another language is searched", "answer.py", "if danger.tells_of_danger(vector):", "if False:",
     "test_languages.py::test_danger_is_told_in_the_askers_language_before_any_search"),
    ("a place without papers is passed over in another language", "answer.py",
     "if question.unknown_areas and not question.areas:", "if False:",
     "test_languages.py::test_what_lies_beside_the_subject_or_is_about_a_place_without_papers_is_refused"),
    ("English is taken for another language", "identify.py", "code == ENGLISH or sure", "sure",
     "test_languages.py::test_the_language_of_a_question"),
)  # fmt: skip

TOPICS = _of(
    "chatbot",
    "tests/chatbot",
    ("a wording of a term is lost", "vocabulary/thesaurus.py", 'EQUAL) for w in [entry["name"], *also]]',
     'EQUAL) for w in [entry["name"]]]', "vocabulary/test_concepts.py::test_wordings_find_each_other"),
    ("a short form counts in any case", "vocabulary/concepts.py", "term = forms.get(form) or forms.get(",
     "term = forms.get(form.upper()) or forms.get(", "vocabulary/test_concepts.py::test_short_forms_count_as_printed"),
    ("slips stay", "vocabulary/spelling.py", "slips = 1 if len(word) < 6 else 2", "slips = 0",
     "vocabulary/test_spelling.py::test_one_slip_is_mended"),
    ("no mention where there is one", "topics/compare.py", "[1.0] * len(stems))[rows] > 0]",
     "[1.0] * len(stems))[rows] > 5]", "topics/test_compare.py::test_nothing_is_cut_off"),
    ("one idea of two is enough", "topics/compare.py", "if not all(strength(", "if not any(strength(",
     "topics/test_compare.py::test_ideas_that_stand_apart_are_told"),
    ("what was looked for is not said", "topics/compare.py", "if own & {w for w, value in term.wordings",
     "if not own & {w for w, value in term.wordings", "topics/test_compare.py::test_what_was_looked_for_is_said"),
    ("a paper is newer than itself", "topics/enquiry.py", "if self.date(p) > self.date(passage)",
     "if self.date(p) >= self.date(passage)", "topics/test_enquiry.py::test_what_is_said_of_silence_is_true"),
)  # fmt: skip
LLM = _of(
    "chatbot/llm/check",
    "tests/llm",
    ("words that are nowhere", "check.py", "if any(not any(_stands(w, named[m].quote) for m in markers) for w in exact):",
     "if False:", "test_rules.py"),
    ("a passage that is not there", "check.py", "if not raw.passages or any(number not in named for number in raw.passages):",
     "if not raw.passages:", "test_rules.py"),
    ("a claim of any length", "check.py", "if not LEAST_WORDS <= count <= MOST_WORDS:", "if False:", "test_rules.py"),
    ("several sentences", "check.py", 'if len(sentences.split(text)) != 1 or text.endswith("?"):', "if False:",
     "test_rules.py"),
    ("a claim that speaks to machines", "check.py", "if steers(text):", "if False:", "test_rules.py"),
    ("a claim that needs another", "check.py", 'return "unclear" if _unclear(text) else ""', 'return ""', "test_rules.py"),
    ("another time", "align.py", 'return "tense" if _another_time(claim, source, places) else _left_out(source, places)',
     "return _left_out(source, places)", "test_align.py"),
    ("words in another order", "align.py", "if before < place", "if before != place", "test_align.py"),
    ("a word that turns the meaning left out", "align.py", "if word.firm or (word.sign and not outside):", "if False:",
     "test_align.py"),
    ("words torn apart", "align.py", "if any(_torn(source, a, b) for a, b in pairwise(places)) or", "if", "test_align.py"),
    ("a preposition left out", "align.py", " or _bare_preposition(source, kept):", ":", "test_align.py"),
    ("half a sentence", "align.py", "if not (0 in free or _starts_well(source, places)) or not", "if not", "test_align.py"),
    ("a clause that takes back", "clauses.py", 'if tail[0].text != "because" or _turns(tail) or',
     'if tail[0].text != "because" or', "test_align.py"),
    ("a reason that is denied", "clauses.py",
     'return tail[0].part != before[-1].part or not any(w.firm == "negation" for w in before)', "return True",
     "test_align.py"),
)  # fmt: skip
PAGE = _of(
    "chatbot/page",
    "tests/page",
    ("text is markup", "views/markup.py", "Html(escape(str(value), quote=True))", "Html(str(value))",
     "test_hostile.py::test_a_tag_never_lets_markup_through"),
    ("any address is a link", "views/markup.py", 'parts.scheme in ("http", "https") and', "parts.scheme and",
     "test_hostile.py::test_only_web_addresses_become_links"),
    ("templates escape nothing", "views/templates.py", "autoescape=True", "autoescape=False",
     "test_hostile.py::test_a_template_escapes_what_it_is_given"),
    ("other sites may send", "access/guard.py", "if request.method not in READING and not own_origin(request):",
     "if False:", "test_guard.py::test_other_sites_cannot_send_anything"),
    ("the page goes by any name", "access/guard.py", 'return bool(name) and ("." not in name or', 'return True or (',
     "test_guard.py::test_the_page_goes_by_its_own_names_only"),
    ("nobody has asked too much", "access/limit.py", "enough = left >= wanted", "enough = True",
     "test_limit.py::test_an_allowance_is_taken_and_refilled_evenly"),
    ("a wrong password opens", "access/login.py", "if not hmac.compare_digest(given, stored):", "if False:",
     "test_login.py::test_guessing_is_slowed_and_does_not_lock_out_who_is_in"),
    ("the log tells what was typed", "log.py", 'facts["says"] = record.msg', 'facts["says"] = record.getMessage()',
     "test_log.py::test_lines_of_the_log"),
    ("the log tells the address in full", "log.py", 'part if not part or part in PARTS else "*"', "part",
     "test_log.py::test_a_route_says_nothing_of_the_visit"),
    ("two versions in one request", "pinned.py", "HELD.set(service.assistant.library)", "HELD.set(None)",
     "test_versions.py::test_a_request_holds_its_version_in_every_thread"),
    ("more wait than may", "work_queue.py", "self._present >= self.at_once + self.waiting", "False",
     "test_work_queue.py"),
    ("one visitor takes all places to wait", "work_queue.py", "max(1, self.waiting // SHARE)", "self.waiting",
     "test_work_queue.py"),
    ("who asks much is answered first", "access/turns.py", "self._waiting[visitor] = theirs  # behind all others",
     "self._waiting = {visitor: theirs, **self._waiting}", "test_work_queue.py"),
    ("nobody knows whose turn it is", "service.py", "VISITOR.set(who)", "pass", "test_limit.py"),
    ("a question is kept without leave", "feedback.py", 'if feedback.question is None:\n        del row["question"]',
     'if feedback.question:\n        del row["question"]', "test_feedback.py"),
    ("feedback grows for ever", "feedback.py", "file.stat().st_size > MOST_BYTES", "False", "test_feedback.py"),
)  # fmt: skip
EXPORT = _of(
    "chatbot/export",
    "tests",
    ("quotes are Markdown", "markdown.py", "SPECIAL.sub(lambda match: f\"\\\\{match.group()}\", re.sub(", "str(re.sub(",
     "page/test_hostile.py::test_markdown_shows_what_was_given"),
    ("a PDF that is not for screen readers", "pdf.py", 'return _compiled(paper, ["ua-1"])', "return _compiled(paper, [])",
     "chatbot/export/test_export.py::test_the_pdf_claims_ua_1_and_is_tagged"),
    ("a cell is a formula", "csv.py", 'return f"\'{text}" if text.lstrip(" ").startswith(FORMULA) else text', "return text",
     "chatbot/export/test_export.py::test_no_cell_is_taken_for_a_formula"),
    ("signs that Word cannot hold", "docx.py", 'return FORBIDDEN.sub("", text)', "return text",
     "chatbot/export/test_export.py::test_signs_that_a_file_cannot_hold_are_left_out_and_the_rest_stays"),
)  # fmt: skip
INGEST = _of(
    "ingest",
    "tests/ingest",
    ("what an interrupted add has read is read again", "pipeline.py",
     "unfinished.keep_documents(tasks[outcome.index], outcome.result)", "pass", "test_unfinished.py"),
    ("what an interrupted add embedded is embedded again", "index/build.py",
     "        unfinished.keep_vectors(list(map(vector_key, block)), rows)\n", "", "test_unfinished.py"),
    ("unfinished work of another version is used", "index/unfinished.py", "[CUTTER, model.locate", "[model.locate",
     "test_unfinished.py"),
    ("a removal leaves unfinished work", "index/build.py", "    unfinished.clear()\n", "", "test_unfinished.py"),
    ("a busy machine fails good papers", "intake/sandbox.py", "STANDING = 10 ", "STANDING = 1 ", "test_pool.py"),
    ("a period takes its last month", "facts/dates.py", "start = iso(day1, month1 or month2,", "start = iso(day1, month2,",
     "test_dates.py::test_period"),
    ("a day is after any month", "facts/dates.py", "if (month - last) % 12 <= SOON else latest", "if SOON else latest",
     "test_dates.py::test_latest_past"),
    ("a mere mention makes a paper an area's", "facts/whose.py", "    if share < SHARE:\n        return False\n", "",
     "test_whose.py"),
    ("ordinary words are a place", "facts/whose.py", 'return "" if ordinary and not sure else', "return",
     "test_whose.py"),
    ("what families said is the inspectors'", "facts/speakers.py", "if match and match.start() < 60:", "if False:",
     "test_voices.py::test_speaker"),
    ("a row of who was there speaks", "facts/speakers.py", '    if " | " in text:\n        return "minutes"\n', "",
     "test_voices.py::test_speaker"),
    ("a revisit is a first visit", "facts/kind_signs.py", 'return "revisit_letter" if again', 'return "revisit_letter" if not again',
     "test_describe.py::test_a_revisit_letter"),
    ("a passage of uneven parts", "passages.py", "sum_ + count / 2 > left", "sum_ > 2 * left",
     "test_passages.py::test_a_long_paragraph_is_cut_into_equal_parts"),
    ("two passages of one id", "passages.py", "seen[key] = seen.get(key, 0) + 1", "seen[key] = 1",
     "test_passages.py"),
    ("a span one letter too long", "records.py", "span.start + high - offset)", "span.start + high - offset + 1)",
     "test_records.py"),
    ("a sentence ends at Cllr.", "structure/sentences.py", "    if last in ABBREVIATIONS:\n        return False\n", "",
     "test_sentences.py::test_stays_whole"),
    ("running heads are text", "structure/clean.py", "repeats = _key(line.text) in running and", "repeats = False and",
     "test_clean.py::test_any_line_that_repeats_at_the_edge_goes"),
    ("the index name leads anywhere", "index/current.py", 'not re.fullmatch(r"[\\w.-]+", name)', "False",
     "test_store.py::test_current_tells_what_to_run"),
    ("an index without its passages is the same", "index/store.py", "digest.update(id_.encode())", "pass",
     "test_store.py::test_the_fingerprint_changes_with_any_fact"),
    ("words of a removed paper stay unseen", "index/erasure.py", "if sample.encode() in overlap + piece}",
     "if sample.encode() in b''}", "test_traces.py::test_words_of_what_was_removed_are_found_in_any_file"),
)  # fmt: skip
ALL = (*QUESTION, *SEARCH, *READER, *ANSWER, *LANGUAGES, *TOPICS, *LLM, *PAGE, *EXPORT, *INGEST)


def mutated(mutation: Mutation, root: Path = ROOT) -> str:
    """The text of the file with the fault in it. Raises ValueError where `old` does not stand there exactly once."""
    source = (root / mutation.file).read_text(encoding="utf-8")
    if (count := source.count(mutation.old)) != 1:
        raise ValueError(f"{mutation.name}: what it changes stands {count} times in {mutation.file}")
    return source.replace(mutation.old, mutation.new)


def _left_out(folder: str, names: list[str]) -> set[str]:
    """What a copy of the project needs not: what was built or kept beside it."""
    beside = {"build", "index", "runs"} if Path(folder) == ROOT else set()
    return {n for n in names if n in beside or n in (".git", ".venv", "__pycache__") or n.endswith("_cache")}


def killer(mutation: Mutation, copy: Path, built: Path) -> str:
    """The first test that fails with the fault in the copy of the project; empty where none does.

    Raises RuntimeError where the tests could not be run.
    """
    file, whole = copy / mutation.file, (copy / mutation.file).read_text(encoding="utf-8")
    file.write_text(mutated(mutation, copy), encoding="utf-8")
    # An index of the sample is built once for all faults but those of its making.
    own = {} if mutation.file.startswith("ingest/") else {BUILT_ONCE: str(built)}
    # Two faults of one length in one second would be one to Python's cache of compiled files.
    own["PYTHONDONTWRITEBYTECODE"] = "1"
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-rf", "-n", "0", "-p", "no:cacheprovider", *mutation.tests]
    try:
        ran = subprocess.run(
            command, cwd=copy, capture_output=True, text=True, timeout=SECONDS, env={**os.environ, **own}
        )
    finally:
        file.write_text(whole, encoding="utf-8")
    if ran.returncode == 0:
        return ""
    if found := FAILED.search(ran.stdout):
        return found[1]
    # A fixture that breaks down proves nothing: the machine may have been too slow to build an index.
    raise RuntimeError(f"{mutation.name}: its tests cannot be run\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}")


def listed(seen: dict[str, str]) -> str:
    """The list for maintainers: what each fault changes and the test that saw it; `seen` has that by the fault's name."""
    by = {name: f"`{test.partition('[')[0]}`" if test else "**none**" for name, test in seen.items()}
    rows = [f"| {m.name} | `{m.file}` | {by[m.name]} |" for m in ALL]
    head = "| fault | in | seen by |\n| --- | --- | --- |"
    return f"{HEAD}\n\n{sum(map(bool, seen.values()))} of {len(rows)} were seen.\n\n{head}\n" + "\n".join(rows) + "\n"


def main(names: list[str]) -> int:
    """Try the faults of these names, or all, and say which test saw each; the exit code is 1 where one survives."""
    chosen = [m for m in ALL if not names or m.name in names]
    if len(chosen) < len(set(names)):
        sys.stderr.write(f"No such fault: {', '.join(sorted(set(names) - {m.name for m in ALL}))}.\n")
        return 2
    own, seen = threading.local(), {}
    with tempfile.TemporaryDirectory() as folder:

        def one(mutation: Mutation) -> None:
            if not hasattr(own, "copy"):  # each worker has a copy of its own
                own.copy = Path(folder) / f"copy-{threading.get_ident()}"
                shutil.copytree(ROOT, own.copy, ignore=_left_out)
            started = time.monotonic()
            by = killer(mutation, own.copy, Path(folder))
            seen[mutation.name] = by
            said = f"killed by {by}" if by else "SURVIVED"
            sys.stdout.write(f"{mutation.name} ({mutation.file}): {said}, {time.monotonic() - started:.0f} s\n")
            sys.stdout.flush()

        with ThreadPoolExecutor(max(1, (os.cpu_count() or 2) // 2)) as workers:
            list(workers.map(one, chosen))
    killed = sum(map(bool, seen.values()))
    sys.stdout.write(f"{killed} of {len(chosen)} killed.\n")
    if not names:
        LIST.write_text(listed(seen), encoding="utf-8")
    return 0 if killed == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
