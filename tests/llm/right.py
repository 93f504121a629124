"""Right claims about the fictional sample papers, of the kinds a good model writes: what a check should let through.

Those of ASKED have the form that the prompt asks for, a sentence shortened in its own words; those of RETOLD say the
same in other words or another build, which fixed rules can seldom prove.
"""

# ruff: noqa: E501  a claim and the sentence it rests on stand on one line each, to be read side by side
from __future__ import annotations

REPORT = "westmarch-area-send-report-2024.pdf"
ALDER = "aldershire-area-send-report-2023.pdf"
LETTER = "westmarch-joint-inspection-letter-2016.pdf"
REVISIT = "westmarch-revisit-letter-2018.pdf"
PEER = "westmarch-peer-review-2022.docx"
SCRUTINY = "westmarch-scrutiny-minutes-2024.html"
CABINET = "westmarch-cabinet-minutes-2025.txt"
BREAKS = "westmarch-local-offer-short-breaks.html"

# (kind, document, claim, sentence or sentences it rests on)
Right = tuple[str, str, str, str]
ASKED: list[Right] = [
    ("whole", REPORT, "Too many families wait longer than 20 weeks for a new EHC plan.", "Too many families wait longer than 20 weeks for a new EHC plan."),
    ("whole", LETTER, "Leaders have been slow to respond to the reforms.", "Leaders have been slow to respond to the reforms."),
    ("whole", SCRUTINY, "In September 2024, 58% of new EHC plans had been issued within 20 weeks.", "In September 2024, 58% of new EHC plans had been issued within 20 weeks."),
    ("whole", ALDER, "Few mention health or social care needs at all.", "Few mention health or social care needs at all."),
    ("whole", BREAKS, "There are no overnight short breaks in Westmarch at present.", "There are no overnight short breaks in Westmarch at present."),
    ("whole", PEER, "Forum members said that they were invited to meetings at which decisions had already been taken.", "Forum members said that they were invited to meetings at which decisions had already been taken."),
    ("whole", CABINET, "The target of 18 weeks by September 2025 remained in place.", "The target of 18 weeks by September 2025 remained in place."),
    ("end left out", REPORT, "Timeliness has improved since the autumn of 2023, but progress is fragile.", "Timeliness has improved since the autumn of 2023, but progress is fragile because it relies on agency educational psychologists."),
    ("end left out", REPORT, "Advice from social care is often missing or thin.", "advice from social care is often missing or thin, because there is no designated social care officer (DSCO) to oversee it;"),
    ("end left out", ALDER, "There are too few educational psychologists.", "There are too few educational psychologists, advice from health arrives late, and families are not told when deadlines have been missed."),
    ("end left out", ALDER, "The council and the ICB could not agree about how many children are waiting for therapies.", "The council and the ICB could not agree with each other, or with inspectors, about how many children are waiting for therapies."),
    ("end left out", LETTER, "The occupational therapy service does not see children whose main difficulty is sensory processing.", "The occupational therapy service does not see children whose main difficulty is sensory processing, because the CCG has not commissioned that part of the work."),
    ("end left out", REPORT, "The local offer website, Signpost Westmarch, holds a great deal of information, but it is hard to search.", "The local offer website, Signpost Westmarch, holds a great deal of information, but it is hard to search, and parents prefer to ask one another on social media."),
    ("end left out", ALDER, "Careers advice for young people with SEND is patchy.", "Careers advice for young people with SEND is patchy, and there were only six supported internships in the county in 2022/23."),
    ("end left out", LETTER, "Annual reviews are often late.", "Annual reviews are often late, and plans are rarely changed as a result."),
    ("beginning left out", REPORT, "Waits for speech and language therapy remain too long for school-age children.", "Despite recent progress, waits for speech and language therapy remain too long for school-age children."),
    ("beginning left out", ALDER, "1,912 children were waiting for a first appointment, and 640 of these had waited for longer than a year.", "At the time of the inspection, 1,912 children were waiting for a first appointment, and 640 of these had waited for longer than a year."),
    ("beginning left out", REPORT, "Families with the most complex needs travel up to 40 miles for a weekend of rest.", "However, there has been no overnight provision in the area since Fern House closed, and families with the most complex needs travel up to 40 miles for a weekend of rest."),
    ("beginning left out", ALDER, "Some children start school without anyone having noticed that they find it hard to understand what is said to them.", "As a result, some children start school without anyone having noticed that they find it hard to understand what is said to them."),
    ("connective left out", REVISIT, "Children whose needs are sensory are still not accepted by the service.", "However, children whose needs are sensory are still not accepted by the service."),
    ("middle left out", REPORT, "The local offer website holds a great deal of information, but it is hard to search.", "The local offer website, Signpost Westmarch, holds a great deal of information, but it is hard to search, and parents prefer to ask one another on social media."),
    ("middle left out", PEER, "The Millrace Hub was the most impressive thing that the team saw.", "The Millrace Hub, opened in April 2022, was the most impressive thing that the team saw."),
    ("middle left out", LETTER, "The parent carer forum is small but determined.", "The parent carer forum, Westmarch Parent Carer Voice, is small but determined."),
    ("middle left out", REPORT, "Two new resource bases are due to open in September 2025.", "Two new resource bases, in Stennet and Ludmere, are due to open in September 2025."),
    ("middle left out", REPORT, "Relationships between the partnership and the parent carer forum are strong and honest.", "Relationships between the partnership and the parent carer forum, Westmarch Parent Carer Voice (WPCV), are strong and honest."),
    ("the report says that", REPORT, "The inspection report says that too many families wait longer than 20 weeks for a new EHC plan.", "Too many families wait longer than 20 weeks for a new EHC plan."),
    ("the report says that", REPORT, "Inspectors found that the quality of EHC plans is too variable.", "The quality of EHC plans is too variable."),
    ("the report says that", REPORT, "The 2024 report says that leaders do not have a date by which waits will be acceptable.", "Leaders do not have a date by which waits will be acceptable."),
    ("the report says that", LETTER, "According to the 2016 inspection letter, families wait far too long for community therapies.", "Families wait far too long for community therapies."),
    ("the report says that", ALDER, "Ofsted and CQC inspectors reported that the statutory process for EHC plans has broken down.", "The statutory process for EHC plans has broken down."),
    ("the report says that", PEER, "The peer review states that the post of DCO had been vacant since January 2022.", "The post of DCO had been vacant since January 2022."),
    ("the report says that", PEER, "The peer team noted that occupational therapy waits had been kept below 18 weeks for children with physical needs.", "Occupational therapy waits had been kept below 18 weeks for children with physical needs."),
    ("the report says that", CABINET, "The minutes record that the average wait for speech and language therapy was said to be 21 weeks and falling.", "The average wait for speech and language therapy was said to be 21 weeks and falling."),
    ("the report says that", REVISIT, "In the 2018 revisit letter, the area has made sufficient progress in addressing three of them.", "The area has made sufficient progress in addressing three of them."),
    ("place named", REPORT, "In Westmarch, there is no occupational therapy service for children whose needs are sensory.", "There is no occupational therapy service for children whose needs are sensory."),
    ("place named", ALDER, "In Aldershire, children and young people wait up to three years for an autism assessment.", "Children and young people wait up to three years for an autism assessment."),
    ("place named", REPORT, "Mental health support teams in Westmarch give effective early help in schools.", "Mental health support teams give effective early help in schools."),
    ("place named", ALDER, "Aldershire's local offer website is out of date.", "The local offer website is out of date."),
    ("place named", LETTER, "Westmarch leaders have been slow to respond to the reforms.", "Leaders have been slow to respond to the reforms."),
    ("figures", REPORT, "Staff at the Millrace Hub in Hallowford help those aged fourteen to twenty-five with travel, money, friendships and finding work.", "Staff at the Millrace Hub in Hallowford help those aged 14 to 25 with travel, money, friendships and finding work."),
    ("figures", REVISIT, "4 of the 11 therapy posts that the WSoA promised have not been filled.", "Four of the eleven therapy posts that the WSoA promised have not been filled."),
    ("figures", ALDER, "In the first 8 months of 2023, 17 per cent of new plans were issued within 20 weeks.", "In the first eight months of 2023, 17% of new plans were issued within 20 weeks."),
    ("figures", SCRUTINY, "There were 1140 families with a Kestrel Card.", "There were 1,140 families with a Kestrel Card."),
    ("figures", SCRUTINY, "8 of the 10 educational psychologists working on assessments were agency staff, at a cost of £1.1m a year.", "Eight of the ten educational psychologists working on assessments were agency staff, at a cost of £1.1 million a year."),
    ("figures", CABINET, "The section 151 officer reported a forecast overspend of £6.8m in 2024/25.", "The section 151 officer reported a forecast overspend of £6.8 million in 2024/25 and said that this would be added to the deficit on the dedicated schools grant."),
    ("figures", PEER, "The peer team visited from 20 September to 23 September 2022.", "The peer team visited from 20 to 23 September 2022."),
    ("short forms", REPORT, "Too many families wait longer than 20 weeks for a new education, health and care plan.", "Too many families wait longer than 20 weeks for a new EHC plan."),
    ("short forms", ALDER, "The wait for SALT is unacceptable.", "The wait for speech and language therapy is unacceptable."),
    ("short forms", ALDER, "CAMHS do not respond quickly enough.", "Child and adolescent mental health services (CAMHS) do not respond quickly enough."),
    ("short forms", ALDER, "Child and adolescent mental health services do not respond quickly enough.", "Child and adolescent mental health services (CAMHS) do not respond quickly enough."),
    ("short forms", REPORT, "SENDIASS is well regarded.", "The SEND information, advice and support service (SENDIASS) is well regarded."),
    ("short forms", ALDER, "Getting an EHC plan is a struggle for most families.", "Getting an education, health and care (EHC) plan is a struggle for most families."),
    ("order", SCRUTINY, "58% of new EHC plans had been issued within 20 weeks in September 2024.", "In September 2024, 58% of new EHC plans had been issued within 20 weeks."),
    ("order", REVISIT, "By the deadline of 31 March 2018, every transfer from a statement was completed.", "Every transfer from a statement was completed by the deadline of 31 March 2018."),
    ("order", PEER, "In July 2022, the average wait for a first speech and language therapy appointment was 27 weeks.", "The average wait for a first speech and language therapy appointment was 27 weeks in July 2022."),
    ("order", ALDER, "17% of new plans were issued within 20 weeks in the first eight months of 2023.", "In the first eight months of 2023, 17% of new plans were issued within 20 weeks."),
]  # fmt: skip
RETOLD: list[Right] = [
    ("active for passive", BREAKS, "The disabled children's team assesses children for specialist short breaks.", "Specialist short breaks need an assessment by the disabled children's team, which you can request by phone on 01632 960150."),
    ("active for passive", REVISIT, "A named worker now writes social care advice.", "Social care advice is now written by a named worker."),
    ("active for passive", LETTER, "Few families know the local offer website.", "The local offer website is known to few families."),
    ("active for passive", REVISIT, "The service still does not accept children whose needs are sensory.", "However, children whose needs are sensory are still not accepted by the service."),
    ("passive for active", LETTER, "Most children have their two-year check completed on time by health visitors.", "Health visitors complete the two-year check for most children on time."),
    ("passive for active", REPORT, "Families who educate their children at home are written to once a year by school nurses.", "Families who educate their children at home know whom to contact at the council. School nurses write to each of them once a year."),
    ("passive for active", REVISIT, "The WSoA was declared fit for purpose on 9 June 2017.", "The purpose of the revisit was to decide whether the local area has made sufficient progress against the significant weaknesses named in the written statement of action (WSoA), which was declared fit for purpose on 9 June 2017."),
    ("clauses joined", LETTER, "Annual reviews are often late and a small number of parents had waited more than a year for an amended plan.", "Annual reviews are often late, and plans are rarely changed as a result. A small number of parents had waited more than a year for an amended plan."),
    ("clauses joined", LETTER, "Some pupils have been placed on part-time timetables for months, and leaders did not know how many pupils this affected.", "Some pupils have been placed on part-time timetables for months. Leaders did not know how many pupils this affected and began to collect the figures only in October 2016."),
    ("clauses joined", ALDER, "Health visitors in Saltby have changed the way they work and now see families at the library and the leisure centre.", "Health visitors in Saltby have changed the way they work. They now see families at the library and the leisure centre, and the share of two-year checks done on time in the town has risen from 48% to 83%."),
    ("clauses joined", ALDER, "The local offer website is out of date and lists services that had closed before 2021.", "The local offer website is out of date. Inspectors found services listed that had closed before 2021."),
    ("reworded", REPORT, "EHC plans vary too much in quality.", "The quality of EHC plans is too variable."),
    ("reworded", REPORT, "Leaders have not set a date for when waits will be acceptable.", "Leaders do not have a date by which waits will be acceptable."),
    ("reworded", ALDER, "Getting an EHC plan is hard for most families.", "Getting an education, health and care (EHC) plan is a struggle for most families."),
    ("reworded", ALDER, "Autism assessments can take up to three years.", "Children and young people wait up to three years for an autism assessment."),
    ("reworded", REPORT, "Waits for SLT are still too long for school-age children.", "Despite recent progress, waits for speech and language therapy remain too long for school-age children."),
    ("reworded", SCRUTINY, "The Head of Therapies reported that the average wait for a first SLT appointment fell from 29 weeks in January 2024 to 22 weeks in October 2024.", "The Head of Therapies reported that the average wait for a first speech and language therapy appointment had fallen from 29 weeks in January 2024 to 22 weeks in October 2024."),
    ("reworded", PEER, "1,260 children were on the Lantern Pathway waiting list when the team visited.", "At the time of the visit 1,260 children and young people were waiting for an assessment on the Lantern Pathway."),
    ("reworded", BREAKS, "Westmarch currently has no overnight short breaks.", "There are no overnight short breaks in Westmarch at present."),
    ("reworded", CABINET, "The cabinet member confirmed that a designated social care officer began work in February.", "The cabinet member confirmed that a designated social care officer had started work in February."),
    ("reworded", LETTER, "Parents who had used SENDIASS said its advice was clear, kind and independent of the council.", "Parents who had used it described advice that was clear, kind and independent of the council."),
]  # fmt: skip
