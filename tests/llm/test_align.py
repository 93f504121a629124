"""A shortening that turns what a sentence says does not pass, however well its words stand there."""

# ruff: noqa: E501  a sentence and what may not be made of it stand on one line each
from __future__ import annotations

import pytest

from chatbot.llm.check.align import fault
from chatbot.llm.check.sentence import words

TURNED = {
    "Leaders praise parents and ignore schools.": (
        "Leaders ignore schools.",
        "Leaders praise schools.",
        "Leaders praise parents and schools.",
    ),
    "Parents of children at special schools in the north trust leaders, and staff at mainstream schools distrust them.": (
        "Parents trust leaders.",
        "Parents distrust them.",
        "Parents of children at mainstream schools trust leaders.",
        "Staff trust leaders.",
    ),
    "The council, working with the NHS, has reduced waits for autism assessments from 52 weeks to 26 weeks.": (
        "The council has reduced waits to 26 weeks.",
        "The NHS has reduced waits for autism assessments from 52 weeks to 26 weeks.",
        "The council has reduced waits for autism assessments from 26 weeks to 52 weeks.",
        "The council has reduced waits for autism assessments.",
        "The council has reduced autism assessments.",
    ),
    "Children in care wait six months, children in need wait a year and others wait longer.": (
        "Children in care wait a year.",
        "Children in need wait six months.",
        "Children wait a year.",
        "Children wait six months.",
    ),
    "Health visitors see children at two, which helps them to spot needs early.": (
        "Health visitors spot needs early.",
        "Health visitors see needs early.",
        "Children spot needs early.",
    ),
    "Support for deaf, blind and autistic children is poor.": (
        "Support for deaf children is poor.",
        "Support is poor.",
        "Blind and autistic children is poor.",
    ),
    "Staff who lack training cannot meet pupils' needs.": ("Staff cannot meet pupils' needs.", "Staff lack training."),
    "The partnership does not know how well children achieve.": (
        "The partnership does know how well children achieve.",
        "The partnership does not know how children achieve.",
        "Children achieve well.",
    ),
    "Inspectors saw no evidence that exclusions had fallen.": (
        "Exclusions had fallen.",
        "Inspectors saw evidence that exclusions had fallen.",
        "Inspectors saw that exclusions had fallen.",
    ),
    "Leaders are tackling long waits that have built up since the pandemic.": (
        "Leaders have built up long waits.",
        "Leaders are tackling waits.",
        "Waits have built up since the pandemic.",
    ),
    "Waiting times for therapy have improved for pre-school children.": (
        "Waiting times for therapy have improved.",
        "Waiting times have improved.",
        "Therapy have improved for pre-school children.",
    ),
    "The proportion of young people not in education, employment or training is low.": (
        "The proportion of young people in education, employment or training is low.",
        "The proportion of young people in education is low.",
        "Employment or training is low.",
    ),
    "Parents complain to the council about delays.": ("The council complain to parents about delays.",),
    "Almost half of the 240 plans audited were rated as requires improvement.": (
        "Half of the 240 plans audited were rated as requires improvement.",
        "240 plans were rated as requires improvement.",
        "The 240 plans audited were rated as requires improvement.",
        "Almost half of plans requires improvement.",
    ),
    "The rate of suspension for pupils with EHC plans is above the national average.": (
        "The rate of suspension is above the national average.",
        "The rate of suspension for pupils is above the national average.",
        "The rate of suspension for pupils with EHC plans is above average.",
    ),
    "Schools feel well supported by the educational psychology service.": (
        "Schools are well supported by the educational psychology service.",
        "Schools feel supported.",
        "The educational psychology service feel well supported by schools.",
    ),
    "Children receive timely support once they are known to the service.": (
        "Children receive timely support.",
        "Children receive support.",
        "Children are known to the service.",
    ),
    "The draft strategy was approved by the board in May.": (
        "The strategy was approved by the board in May.",
        "The strategy was approved in May.",
        "The board was approved by the strategy.",
    ),
    "Only 12 of 40 schools responded to the survey.": (
        "12 of 40 schools responded to the survey.",
        "40 schools responded to the survey.",
        "12 schools responded to the survey.",
    ),
    "Therapists work with schools to reduce the need for referrals.": (
        "Therapists reduce referrals.",
        "Therapists work to reduce schools.",
        "Therapists work with schools.",
        "Schools reduce the need for referrals.",
    ),
    "Leaders have secured funding for a new school that will open in 2026.": (
        "A new school will open in 2026.",
        "Leaders have a new school.",
        "Leaders have secured funding for a new school.",
        "Funding will open in 2026.",
    ),
    "Very few young people move into paid work when they leave college.": (
        "Few young people move into paid work when they leave college.",
        "Young people move into paid work.",
        "Very few young people leave college.",
        "Very few young people move into paid work.",
    ),
    "The number of tribunals has risen sharply, largely because of disputes about placement.": (
        "The number of tribunals has risen because of disputes.",
        "The number of disputes has risen sharply.",
        "The number of tribunals has risen sharply.",
        "The number of tribunals has risen.",
    ),
    "Families value the family hubs.": ("Family hubs value families.",),
    "Too often, plans do not reflect the child's voice.": (
        "Plans do not reflect the child's voice.",
        "Too often plans reflect the child's voice.",
    ),
    "Officers reported that, in line with the plan, reviews were completed on time.": (
        "Reviews were completed on time.",
        "Officers reported reviews on time.",
    ),
    "More children are educated in mainstream schools than in 2019.": (
        "More children are educated in mainstream schools.",
        "Children are educated in mainstream schools.",
        "More children are educated than in 2019.",
    ),
    "Health services contribute to plans, for example, by sharing reports.": (
        "Health services contribute to plans.",
        "Health services by sharing reports.",
        "Health services share reports.",
    ),
    "Plans are not late because staff are few.": ("Plans are not late.", "Plans are late because staff are few."),
    "Plans are late because staff are few, but parents dispute this.": ("Plans are late.",),
    "Progress is good only because leaders pay for it.": ("Progress is good only.", "Progress is good."),
    "Children wait longer because staff are few than they did in 2019.": ("Children wait longer.",),
    "Reviews are on time, and this is no longer the case.": ("Reviews are on time.",),
    "Waits are short, and parents said that this is untrue.": ("Waits are short.",),
    "If plans are late, and families are unhappy, the council is told.": (
        "Plans are late.",
        "If plans are late.",
        "Families are unhappy.",
        "The council is told.",
    ),
    "Staff were told that support for deaf children, and blind children are safe.": (
        "Staff were told that support for deaf children.",
    ),
    "Pupils who are absent, and pupils who are ill, get help.": ("Pupils who are absent.", "Pupils get help."),
    "Plans are shared with parents, carers, and schools that are local.": ("Plans are shared with parents, carers.",),
    "Although parents say that plans are late, and reviews are missed, most plans are good.": (
        "Plans are late.",
        "Reviews are missed, most plans are good.",
        "Most plans are late.",
    ),
    "Although places were made, including some at bases, children are still on lists.": (
        "Including some at bases, children are still on lists.",
        "Children were still on lists.",
    ),
    "While families are waiting, leaders are making plans.": ("Leaders are making plans.",),
    "Despite not having a plan, some children get help.": ("Some children get help.", "Children get help."),
    "The cost is £1.1 million for twenty-five places.": (
        "The cost is £1.1 billion for twenty-five places.",
        "The cost is £1.1 for twenty-five places.",
        "The cost is £1.1 million for twenty places.",
        "The cost is £1.1 million for five places.",
        "The cost is £1.1 million for 205 places.",
    ),
    "57 children are taught in schools outside the area.": ("57 children are taught in schools.",),
}
HARMLESS = {
    "Plans are late.": "Plans are late because staff are few and nobody is in charge.",
    "Plans are not late.": "Plans are not late, because staff are not absent.",
    "Reviews are often late.": "Reviews are often late, and plans are rarely changed as a result.",
    "Waits are too long for most children.": "Despite recent progress, waits are too long for most children.",
    "The cost is £1.1m for 25 places.": "The cost is £1.1 million for twenty-five places.",
    "CAMHS is slow.": "The child and adolescent mental health service (CAMHS) is slow.",
    "Parents complain about delays.": "Parents complain to the council about delays.",
    "Parents complain to the council.": "Parents complain to the council about delays.",
    "Families value hubs.": "Families value the family hubs.",
    "Officers reported that reviews were completed on time.": "Officers reported that, in line with the plan, reviews were completed on time.",
}


@pytest.mark.parametrize(("sentence", "claim"), [(s, c) for s, claims in TURNED.items() for c in claims])
def test_what_turns_the_meaning_does_not_pass(sentence: str, claim: str) -> None:
    assert fault(words(claim), words(sentence))


@pytest.mark.parametrize(("claim", "sentence"), HARMLESS.items())
def test_what_leaves_out_a_side_remark_passes(claim: str, sentence: str) -> None:
    assert fault(words(claim), words(sentence)) == ""


@pytest.mark.parametrize("sentence", TURNED)
def test_a_sentence_bears_itself_out(sentence: str) -> None:
    assert fault(words(sentence), words(sentence)) == ""


@pytest.mark.parametrize(
    ("sentence", "claim", "reason"),
    [
        ("Plans are late.", "Plans were late.", "tense"),
        ("Parents trust leaders.", "Leaders trust parents.", "order"),
        ("Plans are late.", "Plans are never late.", "negation"),
        ("Nine plans are late.", "Six plans are late.", "number"),
    ],
)
def test_the_reason_is_told(sentence: str, claim: str, reason: str) -> None:
    assert fault(words(claim), words(sentence)) == reason
