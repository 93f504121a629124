"""What a paper is, whose and from when: small papers of many kinds, laid out as such papers are."""

from pathlib import Path

import pytest

import prompts
from ingest.registry import kinds
from tests.ingest.making import cut

PAPERS = (
    ("school_information_report", "Ravensby", "2025-09-22", """# Hollybank Primary School

## SEN Information Report

Approved by governors: 22 September 2025. Next review: September 2026.

Hollybank Primary is a school of 210 pupils in Ravensby. Ravensby Council publishes the local offer."""),
    ("minutes", "Bramwick", "2025-09-24", """Minutes

# Meeting of the Local Area SEND Partnership Board for Bramwick

Wednesday 24th September 2025, online

Attendees: A Ward (Chair), B Kent (ICB)

The chair welcomed all. Devon was praised."""),
    ("reform_plan", "Eastmarch", "2026-05-29", """# Local SEND Reform Plan

Submitted by Eastmarch Council to the Department for Education on 29 May 2026

Sign-off: Health and Wellbeing Board, 20 May 2026

## 1. Inclusion bases

We will open four bases by September 2028."""),
    ("performance_report", "Astley Vale", "2025-12-31", """# SEND dashboard: quarter 3

Astley Vale Council. Data to 31 December 2025.

Plans in 20 weeks: target 60%, actual 48%."""),
    ("minutes", "Larkenby", "2026-02-11", """LARKENBY CITY COUNCIL

# Education Scrutiny Commission

Minutes of the hybrid meeting held at the Town Hall on 11th February 2026, commencing at 4.30pm

PRESENT: Councillors Ash (Chair) and Beale

1. Minutes of the last meeting

The minutes of 7 January 2026 were agreed. Budget Council meets on 3 March 2026."""),
    ("minutes", "Gorseley", "2026-05-07", """# GORSELEY SEND PARTNERSHIP BOARD

Notes of the meeting held on Thursday 7 May 2026, 2pm

Apologies: Head of SEND

Dates of meetings: 2 July 2026, 3 September 2026"""),
    ("minutes", None, "2026-03-03", """# Joint committee of Bolton, Rochdale and Kirklees councils

Minutes of the meeting held at 10.00am on Tuesday, 3 March 2026 at the Town Hall

Resolved: That the report be noted."""),
    ("minutes", None, "2026-11-12", """# The Oak Federation

# Minutes of the local governing committee

**Held on:** 12/11/2026 **at** 17:30

**Governors present:** A Lee

Signed as a correct record: 14/01/2027"""),
    ("action_plan", "Fenbury", "2025-04-15", """# SEND Sufficiency Plan 2025-2030

Fenbury County Council

Version: 2.1 | Cabinet approval: 15 April 2025 | Next review: April 2027"""),
    ("action_plan", "Fenbury", "2024-10-12", """# Elm Infant School

Accessibility plan

Local authority: Fenbury

Approved: 12 October 2024"""),
    ("other", "Fenbury", "2025-05-14", """Department for Education

20 Great Smith Street

London

14 May 2025

Dear Ms Hale

Fenbury local area partnership: stocktake of progress

Thank you for meeting us on 30 April 2025. The next stocktake is on 12 November 2025."""),
    ("other", "Fenbury", "2025-06-20", """Ofsted

20 June 2025

Dear Ms Hale

Monitoring visit to Fenbury children's services

The visit was on 4 June 2025."""),
    ("other", "Fenbury", "2025-07-03", """# Fenbury Parent Carer Forum: survey

Summer 2025. Results shared 3 July 2025.

Nobody rings back, said a parent."""),
    ("performance_report", "Fenbury", "2025-06-30", """# Fenbury SEND scorecard

As at 30 June 2025

Plans in 20 weeks: target 60%, actual 48%."""),
    ("minutes", "Gorseley", "2026-05-07", """# Gorseley SEND Partnership Board

**Record** | 7 May 2026, Town Hall

| Attendees | Organisation |
|---|---|
| Ann Lee | Gorseley Council |

| Item | Discussion | Action |
|---|---|---|
| 1 | The forum asked for a newsletter. | Write one |"""),
    ("minutes", "Brackwater", "2025-11-20", """Issue - meetings

# SEND and Inclusion Update

Meeting: 20/11/2025 - Children's Committee, Brackwater Council (Item 6)

Minutes:

6.1 Members asked how many plans were late."""),
    ("minutes", "Northamptonshire", "2019-03-04", """# Northamptonshire County Council: Scrutiny

Date of meeting: 4 March 2019

Minutes:

Members asked about waits. The chair closed the meeting."""),
    ("decision_record", "Aldmoor", "2026-01-09", """# Officer Decision Notice

**Decision maker:** Director of Education, Aldmoor Metropolitan Borough Council

**Date of decision:** 9 January 2026

**Implementation date:** 17 January 2026"""),
    ("cover_report", "Stanwick", "2026-03-10", """| Report to | Cabinet |
| --- | --- |
| Date of meeting | 10 March 2026 |
| Title | SEND Strategy |
| Report author | Head of Planning, Stanwick Council |

## Recommendations

That the strategy be approved from 1 April 2026."""),
    ("tracker", "Sallowby", "2025-12-02", """# Sallowby Council

Children's Select Committee - 2 December 2025

Action and Recommendations Tracker

| No. | Action | Owner | Due | Update |
| --- | --- | --- | --- | --- |
| 1 | Send the list | Head of SEND | 15 January 2026 | Sent 14 November 2025 |"""),
    ("executive_response", "Farleigh", "2026-02-24", """# Cabinet response to the Task Group on transport

Farleigh County Council

Cabinet: 24 February 2026"""),
    ("improvement_notice", "Marrowdale", "2025-07-03", """DEPARTMENT FOR EDUCATION

# STATUTORY DIRECTION TO MARROWDALE COUNTY COUNCIL

3 July 2025

WHEREAS the Secretary of State has read a report dated 1 May 2025

1. The Council shall comply by 31 December 2026. Somerset and Devon have been funded to help."""),
    ("reform_plan", "Cressing", "2026-06-30", """# Our Local SEND Reform Plan 2026 to 2029

Cressing Unitary Council with NHS Weald and Marsh Integrated Care Board

Approved by the Partnership Board on 30 June 2026. Next review: January 2027."""),
    ("action_plan", "Kingsholme", "2026-03", """# Kingsholme Area SEND: Priority Action Plan

Version 1.2 (March 2026)

| Action | Lead | Due |
| --- | --- | --- |
| Cut waits | ICB | December 2026 |"""),
    ("strategy", "Pelham Sands", "2025-09", """# A Place to Belong

## Pelham Sands SEND and Inclusion Strategy 2025 - 2030

September 2025

### Foreword

It was consulted on in June 2024. By September 2030 we will have 200 places."""),
    ("self_evaluation", "Newcastle upon Tyne", "2026-01", """# Newcastle SEND self-evaluation

Newcastle City Council

January 2026

## How well do we know our children?

Gateshead is compared."""),
    ("performance_report", "Torville", "2026-06", """# SEND Dashboard: June 2026

Torville Local Area Partnership

| Measure | May 2026 | Target March 2027 |
| --- | --- | --- |
| Plans | 71% | 80% |"""),
    ("peer_review", "Oxmarsh", "2025-05-20", """LGA SEND Peer Challenge

# Feedback report: Oxmarsh Borough Council

20 May 2025

## 1. Summary

The peer team came to Oxmarsh on 4 to 7 March 2025."""),
    ("school_information_report", "Wexbourne", "2025-10-14", """# St Wilfrid's Primary School, Wexbourne

## SEN Information Report 2025-2026

Date agreed by governors: 14 October 2025

Date of next review: October 2026"""),
    ("policy", "Dunmere", "2025-03-19", """Dunmere Borough Council

# Short Breaks Policy

| Approved by | Children's Committee, 19 March 2025 |
| --- | --- |
| Review date | March 2028 |"""),
    ("form", "Elmwick", "2025-08", """# Elmwick Council: Short breaks application form

Form SB2, August 2025

Please return this form by 30 September."""),
    ("newsletter", "Harbury Vale", "2026", """# SEND Matters

Harbury Vale Parent Carer Forum newsletter | Spring 2026

Coffee mornings: 5 May 2026, 9 June 2026 and 7 July 2026."""),
    ("slides", "Hallowfield", "2026-03-24", """# SEND improvement: presentation to Scrutiny

Hallowfield Council, 24 March 2026

## Slide 1

Waits are down.

## Slide 2

More to do by July 2026."""),
    ("local_offer", "Sedgewick", "2026-02-10", """You are here: Home > Local Offer > Health

# Getting help in Sedgewick

Last reviewed: 10 February 2026. Review due: February 2027.

Who can use this: young people who live in Sedgewick."""),
    ("local_offer", "Coldwell", None, """Home > Local offer > Travel

# Travel help in Coldwell

Coldwell Council helps. Who can apply: pupils who live far away.

Applications close on 15 May 2026. Places start in September 2026.

Review date: 1 December 2029"""),
    ("press_release", None, "2026-04-14", """PRESS RELEASE

For immediate release: 14 April 2026

# Charity calls for better Reading tests

"We have funded Somerset to try it", it said. Lancashire ICB could be invited."""),
    ("guidance", None, "2024-11", """# Hearing loss: a guide for schools

November 2024

## Introduction

In 2023 we were in Leeds. Next review November 2027."""),
    ("other", None, None, """# Communication passports

A passport is a booklet about a child. The competition has a closing date of 4 May 2027."""),
    ("other", "Ashwick", "2025-05", """# Ashwick Council: therapies

Ashwick Council met its partners on 12 May 2025 and agreed what follows.

The new pathway is to be completed by 31 March 2026.

Schools will be told by 30 September 2026"""),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "area", "date", "text"), PAPERS, ids=[f"{p[0]}-{p[1]}" for p in PAPERS])
def test_a_paper(tmp_path: Path, kind: str, area: str | None, date: str | None, text: str) -> None:
    facts = cut(tmp_path, "s12345.md", f"{text}\n\nChildren wait for help.\n")[0].facts
    assert (facts.kind, facts.areas, facts.date) == (kind, (area,) if area else (), date)


def test_every_kind_has_its_names() -> None:
    answers = prompts.table("answers")
    for kind in kinds.kinds().values():
        assert kinds.called(kind.name) and kind.speaker in answers["speaker"]
    assert set(prompts.table("question")["kinds"]) <= set(kinds.kinds())


def test_a_kind_of_a_later_program_is_like_other() -> None:
    assert kinds.kind("hologram") is kinds.kinds()["other"]
