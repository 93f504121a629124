"""Whose a paper is: its title block and what most of it speaks of, never a mere mention."""

from pathlib import Path

import pytest

from ingest.facts.front import Front
from ingest.facts.whose import area_of
from tests.ingest.making import cut


def by_text(text: str) -> str | None:
    return area_of("", "", Front((), (), (text,), (), ""), [text], local=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rotherham Council and the Rotherham Parent Carers Forum met in Rotherham.", "Rotherham"),
        ("The Herefordshire and Worcestershire Integrated Care Board and Herefordshire Council met.", "Herefordshire"),
        ("Telford and Wrekin Council. SEND in Telford and Wrekin. Wrekin is a hill.", "Telford and Wrekin"),
        ("Westmarch Parent Carer Voice and Westmarch Council. You live in Westmarch.", "Westmarch"),
        ("Owned by Elmshire Council and NHS Elmshire and Oakvale Integrated Care Board.", "Elmshire"),
        ("Feedback of the SEND peer review in Elmshire. The review in Elmshire took place in May.", "Elmshire"),
        ("The local area of Elmshire was inspected.", "Elmshire"),
        ("The Full Council met. The Cabinet agreed. Budget Council is in March.", None),
        ("He enjoys reading and bury the news.", None),
        ("You live in Comfort. Families who live in Comfort are told.", None),
    ],
)
def test_by_the_text_alone(text: str, expected: str | None) -> None:
    assert by_text(text) == expected


def test_of_several_that_are_named_alike_it_is_none() -> None:
    texts = [f"{name} has more staff." for name in ("Leeds", "Bolton", "Rotherham")] * 3
    assert area_of("", "", Front((), (), tuple(texts), (), ""), texts, local=False) is None
    assert area_of("", "", Front((), (), tuple(texts), (), ""), [*texts, *texts[:1] * 5], local=False) == "Leeds"


BODY = "\n\nChildren wait a long time.\n\nParents are told why.\n\nSchools help where they can.\n"


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ("ELMSTOW METROPOLITAN BOROUGH COUNCIL\n\n# Report on therapies", "Elmstow"),
        ("# Newcastle upon Tyne Council: Cabinet\n\nBoats on the Tyne were seen.", "Newcastle upon Tyne"),
        ("# Elm Hill Primary School, Oakvale\n\n## SEN information report", "Oakvale"),
        ("# Port Elm SENDIASS\n\nWho can use us", "Port Elm"),
        (
            "# Minutes\n\nMeeting: 4 May 2025, Town Hall, Elmstow\n\nPresent: Cllr Ash\n\nElmstow has nine schools.",
            "Elmstow",
        ),
        ("# A guide for schools\n\nReading tests help. We have funded Somerset to try them.", None),
        ("# A guide for schools\n\nThe guide was funded by Somerset Council and tried by two schools.", None),
        ("# A base opens\n\nSomerset Council has opened a base for forty pupils.", "Somerset"),
        ("# A guide for schools\n\nLancashire ICB could be invited to meetings.", None),
        ("# Notes on therapies\n\nStaff came from Leeds, from Bolton and from Bury.", None),
        ("# Elmstow Council minutes\n\nOfficers had been to Leeds. Leeds has more staff. Leeds pays more.", "Elmstow"),
    ],
)
def test_by_the_title_block(tmp_path: Path, paper: str, expected: str | None) -> None:
    facts = cut(tmp_path, "x.md", paper + BODY)[0].facts
    assert facts.areas == ((expected,) if expected else ())
