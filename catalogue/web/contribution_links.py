"""Contribution links: for a change, a report, a new method.

They lead to the host of the repository if we know its URLs, else to an e-mail address, else there are none.
"""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.authoring.check.check_text import FOLDER, Answer
from catalogue.authoring.form.code_host import Forge, forge_of, mail
from catalogue.i18n import gettext
from catalogue.model.method import Method
from catalogue.settings import Settings
from catalogue.uses import reader as uses


@dataclass(frozen=True)
class PageLinks:
    """The links at the end of a page that is made from a file; "" where there is none."""

    file: str
    change: str
    change_note: str
    report: str
    report_note: str


@dataclass(frozen=True)
class Sending:
    """How to send a file: its path, the link to the host, whether it carries the text, and a link for e-mail with its address."""

    path: str
    forge: Forge | None
    link: str
    filled: bool
    mail: str
    mail_address: str


def forge(settings: Settings) -> Forge | None:
    """Return the repository at its host; None if it is not set or the host is not known."""
    return forge_of(settings.repository_url, settings.repository_branch)


def suggestion(settings: Settings, situation: str = "") -> str:
    """Return the URL for suggesting a method without a file, for a situation: an issue, an e-mail, or ""."""
    host = forge(settings)
    # The issue form at GitHub gives its issues the same title.
    title = gettext("New method:")
    asked = [
        gettext("What is it called?"),
        gettext("What happens, in one sentence?"),
        gettext("Where can we read about it?"),
    ]
    body = "".join(f"{question}\n\n\n" for question in asked)
    if situation:
        body += gettext("Help me choose had little for: %(answers)s", answers=situation) + "\n"
    if host:
        return host.suggestion(f"{title} ", body, situation)
    if settings.contact_email:
        return mail(settings.contact_email, title, body)
    return ""


def method_links(settings: Settings, method: Method, address: str) -> PageLinks:
    """Return the links to change a method or report a problem with it; `address` is the URL of its page."""
    return page_links(settings, f"{FOLDER}/{method.slug}.md", method.title, address)


def page_links(settings: Settings, path: str, title: str, address: str) -> PageLinks:
    """Return the links to change the page at a URL, which is made from the file `path`, or report a problem with it."""
    host = forge(settings)
    subject = gettext("Problem with “%(title)s”", title=title)
    page = gettext("Page: %(address)s", address=address)
    report = f"{page}\n\n" + gettext("What is wrong, and what would be right? Where is that from?")
    if host:
        return PageLinks(
            file=host.view(path),
            change=host.edit(path),
            change_note=gettext(
                "(opens the file at %(host)s; you need an account)", host=host.name
            ),
            report=host.report(subject, address, f"{report}\n\n"),
            report_note=gettext("(opens a form at %(host)s; you need an account)", host=host.name),
        )
    if contact := settings.contact_email:
        change = gettext("Change to “%(title)s”", title=title)
        asked = gettext("What should it say, and where is that from?")
        note = gettext("(by e-mail to %(address)s)", address=contact)
        return PageLinks(
            file="",
            change=mail(contact, change, f"{page}\n{path}\n\n{asked}\n\n"),
            change_note=note,
            report=mail(contact, subject, f"{report}\n\n"),
            report_note=note,
        )
    return PageLinks("", "", "", "", "")


def sending(settings: Settings, answer: Answer) -> Sending:
    """Return the links to send a file that was checked."""
    if answer.report:
        return sending_report(settings, answer.slug, answer.text)
    path = f"{FOLDER}/{answer.slug}.md"
    title = answer.method.title if answer.method else answer.slug
    subject = gettext("Method: %(title)s", title=title)
    instead = gettext("Delete this line and paste the whole text of your method here.")
    host = forge(settings)
    if host and answer.replaces:
        return Sending(path, host, host.edit(path), False, *_by_mail(settings, path, subject))
    return new_file(settings, path, answer.text, subject, instead)


def sending_report(settings: Settings, slug: str, text: str) -> Sending:
    """Return the links to send a report from practice."""
    subject = gettext("Report from practice: %(name)s", name=slug)
    instead = gettext("Delete this line and paste the whole text of your report here.")
    return new_file(settings, f"{uses.FOLDER}/{slug}{uses.ENDING}", text, subject, instead)


def new_file(settings: Settings, path: str, text: str, subject: str, instead: str) -> Sending:
    """Return the links to send a new file; `subject` is that of an e-mail, `instead` asks for a text too long for a link."""
    host = forge(settings)
    link, filled = "", False
    if host:
        new = host.new_file(path, text, f"{instead}\n")
        link, filled = new.address, new.filled
    return Sending(path, host, link, filled, *_by_mail(settings, path, subject))


def _by_mail(settings: Settings, path: str, subject: str) -> tuple[str, str]:
    """Return the link for an e-mail with a file, and its address; "" where none is set."""
    contact = settings.contact_email
    if not contact:
        return "", ""
    body = gettext("I attach the file %(name)s.", name=path.rpartition("/")[2])
    return mail(contact, subject, f"{body}\n\n"), contact
