"""The form an answer must have: a question "how many" is not answered by a sentence without a number."""

from __future__ import annotations

import re

NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen".split()
)
_NUMBER = rf"(?:\d[\d,.]*|(?:{'|'.join(NUMBER_WORDS)})\b)"
# Numbers that count nothing: years, dates, ages and stages, lengths of time, shares, money, "one of".
_NO_COUNT = (
    r"(?:(?:19|20)\d\d\b|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)|"
    r"(?:over|under)[- ](?:1[0-9]|2[0-5]|5)\b|(?:post|aged?|Key Stage|KS|Year|tier|section|page|aged? of|age|paragraph|phase|stage)[- ]?(?:\d[\d–-]*|two|three|one)(?: to \d+)?|\d+ to \d+(?: years?|-year|-year-olds?)?|"
    r"(?:\d[\d,.]*|\w+)[- ](?:plus |or more )?(?:years?|months?|weeks?|days?|hours?|minutes?)\b(?:[- ]olds?)?|\d[\d.]*\s?(?:%|per ?cent)|£\s?\d[\d,.]*\w?|\bone (?:of|another|stop|to|example|such)\b|one-to-one|\b24[- ]hour|"
    r"\b(?:no|any|every|each|some|this|that|the|only|which|another|at|from|for) one\b|\btell it once\b)"
)
_COUNT_MASK = re.compile(_NO_COUNT, re.IGNORECASE)
_SHARE = r"(?:\d+(?:\.\d+)?\s?(?:%|per ?cent)|half|third|quarter|majority|two-thirds|three-quarters|tenth|\d+ (?:out of|in) (?:every )?\d+|most)"
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_PERSON = (
    r"(?:[A-Z][a-z]+(?:-[A-Z][a-z]+)? (?:[A-Z]\. )?[A-Z][a-zA-Z’'-]+|\b(?:Councillor|Cllr|Dr|Mr|Mrs|Ms)\.? [A-Z]\w+|\b(?:[Dd]irector|[Cc]hair|[Ll]eaders?|"
    r"[Mm]ember|[Oo]fficers?|[Tt]rust|[Cc]ouncil|[Cc]ompany|ICB|[Ff]orum|[Tt]eam|[Pp]roviders?|[Bb]oard|[Cc]ommissioner|[Mm]anager|Ofsted|CQC|HMI))"
)
NOT_FORENAMES = (
    "The Local Area Areas Parent Parents Carer Carers Families Family Children Child Young Education Educational Health Care Special Social Speech Occupational Integrated Designated Dynamic "
    "Alternative Early Preparation Written Members Scrutiny Cabinet Council County City North South East West Healthy National Mental Joint Inspection Inspectors Leaders Some Many Most In On At For From "
    "Ofsted Care NHS SEND EHC This That These Those When Where While However Community Service Assistant Director Corporate Strategic Group Primary Secondary Public Improving Select Royal Great New Pupil Virtual Youth"
).split()
NOT_SURNAMES = (
    "Forum Council Voice Board Partnership Plan Plans Offer Service Services Team Trust Hub Centre Commission Commissioning Group Review Authority Programme Strategy Support Register Care Committee Panel "
    "Report School College Academy Inspector Health Education Area Local Pathway Act Needs Action Statement Approach Response Together Outreach Referral Unit Carers Carer Children Parents Officer Adviser Manager Managers Director Directors Officers Advisers Leaders Teams Boards"
).split()
NOT_NAMES = "The This That These Those SEND EHC Local Area Areas Council Parents Parent Children Young Year Key Stage Inspectors Leaders Ofsted Members Education Health Care Plans Plan January February March April May June July August September October November December".split()
FORMS = {
    "number": re.compile(rf"\b{_NUMBER}", re.IGNORECASE),
    "percentage": re.compile(r"\d\s?%|\d per ?cent", re.IGNORECASE),
    "share": re.compile(rf"\b{_SHARE}(?!\w)|\d\s?%", re.IGNORECASE),
    "money": re.compile(r"£\s?\d|\b\d[\d,.]* ?(?:pounds|million|billion)\b", re.IGNORECASE),
    "duration": re.compile(
        rf"\b{_NUMBER}[- ](?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?|years?|terms?)\b|\b(?:a|one|the) (?:year|month|week)\b|\bno waiting\b",
        re.IGNORECASE,
    ),
    "age": re.compile(
        r"\b(?:age[ds]?|years? old|year-olds?|aged)\b|\b(?:Year \d+)|\b\d{1,2}(?: years|\b)", re.IGNORECASE
    ),
    "date": re.compile(
        rf"\b(?:{_MONTH})\b|\b(?:19|20)\d\d\b|\bwithin (?:approximately )?[\w-]+ (?:years|months|weeks)\b|\b(?:spring|summer|autumn|winter) (?:of |term)\b|\bin \d+ (?:weeks|months|years)\b",
        re.IGNORECASE,
    ),
    "person": re.compile(_PERSON),
    "human": re.compile(
        r"\b(?:Councillor|Cllr|Dr|Mr|Mrs|Ms|Professor)\.? (?:[A-Z]\w+ )?[A-Z][\w’'-]+|"
        r"\b(?!(?:"
        + "|".join(NOT_FORENAMES)
        + r")\b)[A-Z][a-z]+(?:-[A-Z][a-z]+)? (?!(?:"
        + "|".join(NOT_SURNAMES)
        + r")\b)[A-Z][a-z]*[a-z’'-]+\b"
    ),
    "name": re.compile(
        r"(?<!^)(?<![.!?] )\b(?!(?:"
        + "|".join(NOT_NAMES)
        + r")\b)[A-Z][a-z’'&-]{2,}[A-Za-z]*\b|[‘“\"'][A-Z]|\([A-Z]{3,}\)"
    ),
}
AVERAGE = re.compile(r"\b(average|mean|median|typical)", re.IGNORECASE)
STRICT = frozenset({"number", "percentage", "share", "money", "duration", "date", "age", "human", "name"})


def has_form(sentence: str, wants: str, asked: str = "") -> bool:
    """Whether a sentence has the wanted form; always True where none is wanted.

    Names and numbers that stand in the question itself (`asked`) are no answer to it.
    """
    if not wants:
        return True
    if "average" in asked.lower() and wants in ("number", "duration") and not AVERAGE.search(sentence):
        return False
    if wants == "number":
        sentence = _COUNT_MASK.sub(" ", sentence)
    known = asked.lower()
    return any(match.group().lower() not in known for match in FORMS[wants].finditer(sentence))


def found_form(sentence: str, wants: str) -> str:
    """The first words of the wanted form, for making the figure easy to spot; empty where there are none."""
    match = FORMS[wants].search(sentence) if wants else None
    return match.group() if match else ""
