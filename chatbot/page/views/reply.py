"""What is said to the person who asks, and who can help, with numbers that a phone can call."""

from __future__ import annotations

from chatbot import wording
from chatbot.page.service import say
from chatbot.page.views.layout import new_tab
from chatbot.page.views.markup import Html, join, tag
from chatbot.signposts import Contact, Reply
from prompts import table


def said(reply: Reply, prefix: str) -> Html:
    """The sentence, and where there are any the people who help with when they were last looked up."""
    sentence = tag("p", reply.say, class_="lead")
    if not reply.contacts:
        return sentence
    heading = tag("h3", say("reply.help"), id=f"{prefix}-help")
    people = tag("ul", *[tag("li", _contact(contact)) for contact in reply.contacts], class_="contacts", role="list")
    checked = tag("p", say("reply.checked", date=wording.date(table("replies")["checked"])), class_="small")
    return join(
        [sentence, tag("section", heading, people, checked, class_="helpers", aria_labelledby=f"{prefix}-help")]
    )


def _contact(contact: Contact) -> Html:
    """One line: who, what for, the number and the site."""
    number = tag("a", contact.phone, href=f"tel:{contact.phone.replace(' ', '')}") if contact.phone else None
    name = new_tab(contact.name, contact.web) if contact.web else contact.name
    return join([tag("strong", name), ": ", contact.what, ". ", number])
