"""Damages good documents at random, but the same way each time, and reads what comes of it.

Every kind of damage that a careless or hostile sender can do is one small function of bytes and chance. What is
asked of a reader afterwards stands in `read_mutant`: passages that stand on their pages and can be stored, or one
sentence.
"""

from __future__ import annotations

import io
import json
import re
import resource
import tempfile
import time
import traceback
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from ingest.encoder import model
from ingest.errors import SendError
from ingest.index import store
from ingest.intake.discover import TYPES
from ingest.prepare import Prepared, Task, prepare
from ingest.records import collapse, slices
from ingest.settings import Model

TOKENS = {
    "pdf": b"BT ET Tj TJ ' Tf Td Tm T* q Q cm Do BI ID EI << >> [ ] ( ) endobj endstream stream xref trailer startxref"
    b" %%EOF /Length /Filter/FlateDecode /Kids /Parent /Count /Type/Page /Encrypt /ObjStm /Root /Contents /Font"
    b" /ToUnicode 0.0.R 1.0.R 5.0.R -1 beginbfchar endbfchar begincmap <D800> <FFFF> \\377 (((((( /Predictor.15",
    "html": b"<div> </div> <table> <tr> <td> </table> <ul> <ol> <li> <dl> <dt> <dd> <h1> <h6> <p> <br> <script> <style>"
    b" <!-- --> <![CDATA[ ]]> <svg> <math> <template> <frameset> <plaintext> &nbsp; &#0; &#xD800; &#x110000; &amp"
    b" <meta charset=utf-7> <xmp> colspan=999999 rowspan=-1 style='list-style:lower-roman' start=-7 <button> <body>",
    "docx": b"<w:p> </w:p> <w:r> <w:t> </w:t> <w:tbl> <w:tr> <w:tc> <w:sdt> <w:ins> <w:del> <w:br/> <w:numPr>"
    b" w:val='999999' w:val='-1' w:val='x' <w:vMerge/> <w:txbxContent> <!DOCTYPE.a> &a; &#0; &#xD800; <w:tab/>",
    "markdown": b"# ## - * 1. | --- |---| ``` ~~~ ** __ [ ]( ) > <!-- --> \\ &nbsp; <br> a) (iv) === ![ <http://a.b>",
    "text": b"\t \t\t \f \r \r\n 1. (a) RESOLVED: Cllr. 01/02/2024 31.February.2024 - \x85",
    "pptx": b"<a:p> </a:p> <a:r> <a:t> <p:sp> </p:sp> <p:grpSp> <a:tbl> <a:tr> <a:tc> rowSpan='9999' gridSpan='-1'"
    b" show='0' <a:br/> lvl='99' <!DOCTYPE.a> &a; &#0; r:id='rId9'",
    "xlsx": b"<row> </row> <c> <v> </v> <f> </f> t='s' t='d' r='XFD1048576' s='9999' <mergeCell.ref='A1:XFD1048576'/>"
    b" hidden='1' <!DOCTYPE.a> &a; 1e999 NaN -1 <is><t>",
    "odt": b"<text:p> </text:p> <text:list> <text:list-item> <text:s.text:c='999999999'/> <table:table>"
    b" <table:table-row> <table:table-cell.table:number-columns-repeated='99999999'> <draw:frame>"
    b" <!DOCTYPE.a> &a; text:c='x'",
    "rtf": rb"{ } \par \cell \row \trowd \intbl \bin99999 \u-1? \u99999999 \'zz \'8 \ansicpg0 \ansicpg99999 \v \deleted"
    rb" \super \* \field{\*\fldinst.HYPERLINK \pict \f9 \outlinelevel99",
    "csv": b', ; | \t " "" \r \r\n \n\n "\n =A1 ",," \x85',
    "eml": b"--x --x-- Content-Type: multipart/mixed;.boundary=x text/html charset=utf-7 base64 =E9 =\r\n \r\n\r\n"
    b" From: Date: message/rfc822 boundary= ; =?utf-8?b?!!!?= filename*0*=x",
    "services": b'[ ] { } " , : null true 1e999 -0 NaN Infinity "\\ud800" "\\u0000" "id" "name" {"id":[]} '
    b'"description" "<p>" 99999999999999999999999999',
}
ODD = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3\x28", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1b[2J", b"\x7f",
    "\u202e\u2066\u200b\u00ad\u2060\ufeff".encode(), "\U000e0041\U0001f468\u200d\u0300".encode(), b"\r", b"\x0c",
)  # fmt: skip
NUMBERS = (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e308", b"0.0000001", b"NaN")
NESTS = {
    "pdf": (b"[", b"<<", b"q ", b"("),
    "html": (b"<div>", b"<table><tr><td>", b"<ul><li>", b"<b>", b"<blockquote>"),
    "docx": (b"<w:sdt><w:sdtContent>", b"<w:ins>", b"<w:tbl><w:tr><w:tc>"),
    "markdown": (b"> ", b"[", b"**", b"- ", b"`", b"("),
    "text": (b"(", b"\t", b'"', b"1."),
    "pptx": (b"<p:grpSp>", b"<a:p>", b"<a:tbl><a:tr><a:tc>"),
    "xlsx": (b"<row>", b"<c>", b"<is>"),
    "odt": (b"<text:list><text:list-item>", b"<text:section>", b"<text:span>", b"<table:table><table:table-row>"),
    "rtf": (b"{", b"{\\*\\x", b"{\\field{\\*\\fldinst ", b"\\trowd "),
    "csv": (b'"', b",", b"\t"),
    "eml": (
        b"--x\r\n",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
        b"Content-Type: message/rfc822\r\n\r\n",
    ),
    "services": (b"[", b'{"id":', b'{"contents":['),
}
LONG = (b"x", b" ", b".", b"-", b"1", b"A. ", b"\n", b"*", b"|", b"#")
ODD_NAMES = ("../../evil.xml", "/etc/x", "a" * 60_000, "word\\document.xml", "\u202e", " ", "con")
# The part of a package that holds its words.
PACKAGES = {
    "docx": "word/document.xml",
    "pptx": "ppt/slides/slide1.xml",
    "xlsx": "xl/worksheets/sheet1.xml",
    "odt": "content.xml",
}
MOST_BYTES = 400_000  # so that one mutant is not all the time there is
MOST_SECONDS = 15  # of a file of that size; the pool gives a file of 100 MB 120 s

Damage = Callable[[bytes, str, Random], bytes]


def _block(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 8, 64, 512, 4096)))


def flip(data: bytes, media: str, chance: Random) -> bytes:
    """Some bytes become others."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 4, 30, 200))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def truncate(data: bytes, media: str, chance: Random) -> bytes:
    """The file ends early."""
    return data[: chance.randrange(len(data))]


def delete(data: bytes, media: str, chance: Random) -> bytes:
    """A block is missing."""
    start, end = _block(data, chance)
    return data[:start] + data[end:]


def duplicate(data: bytes, media: str, chance: Random) -> bytes:
    """A block stands there several times."""
    start, end = _block(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 3, 40)) + data[end:]


def swap(data: bytes, media: str, chance: Random) -> bytes:
    """Two blocks change places."""
    (a, b), (c, d) = sorted((_block(data, chance), _block(data, chance)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def token(data: bytes, media: str, chance: Random) -> bytes:
    """Marks of the format stand where they do not belong."""
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(TOKENS[media].split(b" ")).replace(b".", b" ") + data[at:]
    return data


def number(data: bytes, media: str, chance: Random) -> bytes:
    """Numbers become huge, negative or none."""
    found = list(re.finditer(rb"\d+", data))
    for hit in sorted(chance.sample(found, min(len(found), chance.choice((1, 5, 30)))), key=lambda h: -h.start()):
        data = data[: hit.start()] + chance.choice(NUMBERS) + data[hit.end() :]
    return data


def nest(data: bytes, media: str, chance: Random) -> bytes:
    """Something is opened again and again and never closed."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(NESTS[media]) * chance.choice((20, 300, 3000, 30000)) + data[at:]


def odd(data: bytes, media: str, chance: Random) -> bytes:
    """Invalid UTF-8, NULs, marks that turn or hide text."""
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(ODD) + data[at:]
    return data


def long_line(data: bytes, media: str, chance: Random) -> bytes:
    """One word, or one run of blanks or marks, without an end."""
    at = chance.randrange(len(data) + 1)
    return (
        data[:at] + chance.choice((b"x", b" ", b".", b"-", b"1", b"A. ", b"\n", b"*", b"|", b"#")) * 20_000 + data[at:]
    )


DAMAGES: tuple[Damage, ...] = (flip, truncate, delete, duplicate, swap, token, number, nest, odd, long_line)


def mutated(data: bytes, media: str, chance: Random) -> bytes:
    """The document damaged once or several times; a package or a PDF sometimes inside its compressed parts."""
    if media in PACKAGES and chance.random() < 0.8:
        return _repacked(data, media, chance)
    if media == "pdf" and chance.random() < 0.7:
        data = _unpacked(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(DAMAGES)(data or b"x", media, chance)[:MOST_BYTES]
    return data


def _unpacked(data: bytes) -> bytes:
    """A PDF with its streams laid open, so that damage reaches the operators in them."""

    def opened(hit: re.Match[bytes]) -> bytes:
        try:
            body = zlib.decompress(hit[2])
        except zlib.error:
            return hit[0]
        head = re.sub(rb"/Filter\s*(\[[^\]]*\]|/\w+)", b"", hit[1])
        return re.sub(rb"/Length \d+", b"/Length %d" % len(body), head) + b"stream\n" + body + b"\nendstream"

    return re.sub(rb"(<<(?:(?!stream).)*?>>\s*)stream\r?\n(.*?)\r?\n?endstream", opened, data, flags=re.DOTALL)


def _repacked(data: bytes, media: str, chance: Random) -> bytes:
    """An office file with a damaged part, a part too many, or a part under an odd name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([n for n in parts if n.endswith((".xml", ".rels"))] + [PACKAGES[media]] * 8)
    kind = chance.randrange(12)
    if kind == 0:
        del parts[name]
    elif kind == 1:
        parts[chance.choice(("../../evil.xml", "/etc/x", "a" * 60_000, "word\\document.xml", "\u202e", " ", "con"))] = (
            b"x"
        )
    elif kind == 2:
        parts["media/big.bin"] = b"\x00" * chance.choice((1_000_000, 250_000_000))
    elif kind == 3:
        parts[name] = _with_entities(parts[name])
    else:
        for _ in range(chance.choice((1, 1, 3))):
            parts[name] = chance.choice(DAMAGES)(parts[name] or b"x", media, chance)[:MOST_BYTES]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return file.getvalue()


def _with_entities(xml: bytes) -> bytes:
    """Entities that unfold into a thousand million letters."""
    inner = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    head = b'?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + inner + b"]>"
    return re.sub(rb"(<(?:w:t|a:t|t|text:p)>)", rb"\1&j;", xml.replace(b"?>", head, 1), count=1)


@dataclass(frozen=True)
class Mutant:
    """A file to be damaged: `number` decides how."""

    seed: Path
    number: int

    @property
    def name(self) -> str:
        """What the pool tells of it."""
        return f"mutant-{self.number}{self.seed.suffix}"

    @property
    def media(self) -> str:
        """The reader it goes to."""
        return TYPES[self.seed.suffix.lower()]

    def data(self) -> bytes:
        """Its bytes, the same every time."""
        return mutated(self.seed.read_bytes(), self.media, Random(f"{self.seed.name} {self.number}"))


@dataclass(frozen=True)
class Told:
    """What reading a mutant came to: `read` or `refused`, how long it took, and what was wrong with that."""

    outcome: str
    seconds: float
    peak_mb: int
    faults: tuple[str, ...] = ()
    sentence: str = ""


def read_mutant(mutant: Mutant) -> Told:
    """Read a mutant as `ingest add` does; runs in a child of the pool, several in each."""
    started, faults, sentence = time.process_time(), [], ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / mutant.name
        path.write_bytes(mutant.data())
        located = model.locate(Model())
        try:
            documents = prepare(Task(path, mutant.name, "0" * 64, {}, located.path, located.max_tokens))
            faults = [fault for document in documents for fault in faults_of(document)]
        except SendError as error:
            sentence = str(error)
            if "\n" in sentence or not sentence.endswith(".") or not sentence.startswith(mutant.name):
                faults = [f"no sentence: {sentence!r}"]
        except MemoryError:
            sentence = "more memory than allowed"
        except Exception:
            faults = [traceback.format_exc(limit=-4)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seconds = time.process_time() - started  # of this process, however busy the machine is
    if seconds > MOST_SECONDS:
        faults.append(f"{seconds:.0f} s are too long")
    return Told("refused" if sentence else "read", seconds, peak, tuple(faults[:3]), sentence)


def faults_of(document: Prepared) -> list[str]:
    """What is not as it must be with a document that was read."""
    found = []
    for passage in document.passages:
        bounds = [(0, len(passage.text)), *passage.sentences]
        for start, end in bounds:
            spans = slices(passage.spans, start, end)
            on_page = collapse(" ".join(document.pages[s.page].text[s.start : s.end] for s in spans))
            if on_page != collapse(passage.text[start:end]) or not on_page:
                found.append(f"not on its page: {passage.text[start:end]!r} but {on_page!r}")
        if passage.text != collapse(passage.text) or len(passage.id) > 24 or len(passage.part) > 16:
            found.append(f"no passage that can be stored: {passage.id} {passage.part} {passage.text[:80]!r}")
        if store.passage_from(json.loads(json.dumps(store.passage_row(passage)).encode())) != passage:
            found.append(f"not the same when read again: {passage.text[:80]!r}")
    if len({p.id for p in document.passages}) != len(document.passages):
        found.append("two passages with one id")
    try:
        rows = [asdict(document.facts), *map(asdict, document.pages), *map(store.passage_row, document.passages)]
        json.dumps([*rows, *document.warnings], ensure_ascii=False).encode()
        int((document.facts.date or "0")[:4])
    except ValueError as error:
        found.append(f"cannot be stored: {error}")
    return found
