"""Who speaks in a passage."""

import pytest

from ingest.facts.speakers import speaker


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("inspection_report", "Leaders listen to children.", "inspectors"),
        ("inspection_report", "Many parents told inspectors that they wait.", "families"),
        ("inspection_report", "Leaders acknowledge that waits are long.", "leaders"),
        ("inspection_letter", "A few parents expressed a view that nobody asked them.", "families"),
        ("minutes", "It was noted that the report was positive.", "minutes"),
        ("minutes", "Councillor Penn asked about short breaks.", "councillor"),
        ("minutes", "A Member asked how long families wait.", "councillor"),
        ("minutes", "The cabinet member for children's and young people introduced the report.", "councillor"),
        ("minutes", "Members were informed that it had been done.", "officers"),
        ("minutes", "The Head of Therapies reported that waits had fallen.", "officers"),
        ("minutes", "Scrutiny noted that more was needed.", "scrutiny"),
        ("minutes", "Councillor Bernard Okafor | Chair | Present", "minutes"),
        ("peer_review", "The peer team heard that forms are long.", "peer_team"),
        ("peer_review", "There are no legal implications.", "council"),
        ("local_offer", "You said: plans come late.", "families"),
        ("local_offer", "We did: every family has a name to ring.", "council"),
        ("other", "Anything.", "document"),
        ("unknown kind", "Anything.", "document"),
    ],
)
def test_speaker(kind: str, text: str, expected: str) -> None:
    assert speaker(kind, text) == expected


def test_findings_of_a_peer_review_are_the_teams() -> None:
    assert speaker("peer_review", "Referral paperwork is complex.", "findings") == "peer_team"
