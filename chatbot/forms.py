"""The form an answer must have: a question "how many" is not answered by a sentence without a number."""

from __future__ import annotations

import re

NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen".split()
)
_NUMBER = rf"(?:\d[\d,.]*|(?:{'|'.join(NUMBER_WORDS)})\b)"
_SHARE = r"(?:\d+(?:\.\d+)?\s?(?:%|per ?cent)|half|third|quarter|majority|two-thirds|three-quarters|tenth|\d+ (?:out of|in) (?:every )?\d+|most)"
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_PERSON = (
    r"(?:[A-Z][a-z]+(?:-[A-Z][a-z]+)? (?:[A-Z]\. )?[A-Z][a-zA-Z’'-]+|\b(?:Councillor|Cllr|Dr|Mr|Mrs|Ms)\.? [A-Z]\w+|\b(?:[Dd]irector|[Cc]hair|[Ll]eaders?|"
    r"[Mm]ember|[Oo]fficers?|[Tt]rust|[Cc]ouncil|[Cc]ompany|ICB|[Ff]orum|[Tt]eam|[Pp]roviders?|[Bb]oard|[Cc]ommissioner|[Mm]anager|Ofsted|CQC|HMI))"
)
FORMS = {
    "number": re.compile(rf"\b{_NUMBER}", re.IGNORECASE),
    "percentage": re.compile(rf"\b{_SHARE}(?!\w)|\d\s?%", re.IGNORECASE),
    "money": re.compile(r"£\s?\d|\b\d[\d,.]* ?(?:pounds|million|billion)\b", re.IGNORECASE),
    "duration": re.compile(rf"\b{_NUMBER}[- ](?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?|years?|terms?)\b|\b(?:a|one|the) (?:year|month|week)\b|\bno waiting\b", re.IGNORECASE),
    "age": re.compile(rf"\b(?:age[ds]?|years? old|year-olds?|aged)\b|\b(?:Year \d+)|\b\d{{1,2}}(?: years|\b)", re.IGNORECASE),
    "date": re.compile(rf"\b(?:{_MONTH})\b|\b(?:19|20)\d\d\b|\bwithin (?:approximately )?[\w-]+ (?:years|months|weeks)\b|\b(?:spring|summer|autumn|winter) (?:of |term)\b|\bin \d+ (?:weeks|months|years)\b", re.IGNORECASE),
    "person": re.compile(_PERSON),
    "name": re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][A-Za-z’'&-]+|[‘“\"'][A-Z]"),
}
STRICT = frozenset({"number", "percentage", "money", "duration", "date", "age"})


def has_form(sentence: str, wants: str) -> bool:
    """Whether a sentence has the wanted form; always True where none is wanted."""
    return not wants or bool(FORMS[wants].search(sentence))


def found_form(sentence: str, wants: str) -> str:
    """The first words of the wanted form, for making the figure easy to spot; empty where there are none."""
    match = FORMS[wants].search(sentence) if wants else None
    return match.group() if match else ""
