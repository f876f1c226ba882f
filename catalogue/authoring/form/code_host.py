"""Addresses on the host of the repository: view, edit or add a file, report a problem.

The pages link to them; nothing here asks the host anything. The forms of address, and how far
each is documented by its host (looked up in November 2026):

- GitHub: `/new/<branch>?filename=…&value=…` is in wide use and not documented; `/edit/<branch>/…` is
  what its own pencil links to; `/issues/new?title=…&body=…` is documented, and so are `template=…` and
  the ids of the fields of an issue form. Addresses of more than 8,191 bytes are refused (github/docs issue 5136).
- GitLab: `/-/new/<branch>?file_name=…` fills in the name and is not documented. Its editor ignores
  any text in the address (gitlab-org/gitlab issues 532221 and 594214), so we send none and the page
  says to paste it. `/-/issues/new?issue[title]=…&issue[description]=…` is documented.
- Gitea documents `/_new/…?filename=…&value=…` (without the branch, which its own button puts before
  the folder) and `/issues/new?title=…&body=…`. Forgejo, and so Codeberg, took both over from it and
  does not document them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, quote_plus, urlsplit

# All hosts take addresses of this length; see above for the least limit we know of.
MAX_URL_BYTES = 6_144
# In characters; even if each takes twelve bytes, a report stays below the limit.
MAX_TITLE_LENGTH, MAX_BODY_LENGTH = 100, 380
# The issue forms in .github/ISSUE_TEMPLATE/. Other hosts have other forms, or none.
SUGGEST, REPORT = "suggest-a-method.yml", "report-a-problem.yml"
# What browsers leave as it is in the query of an address, so that our count is theirs.
_AS_IT_IS = "/:,;!*()@$~"

Kind = Literal["github", "gitlab", "gitea"]


@dataclass(frozen=True)
class NewFile:
    """The address that opens a new file; `filled` if the whole text stands in it."""

    address: str
    filled: bool


@dataclass(frozen=True)
class Forge:
    """The repository at its host. `name` is what people call the host."""

    kind: Kind
    name: str
    url: str
    branch: str

    def view(self, path: str) -> str:
        """Return the address that shows a file."""
        return self._at({"github": "blob", "gitlab": "-/blob", "gitea": "src/branch"}, path)

    def edit(self, path: str) -> str:
        """Return the address that opens a file for a change."""
        return self._at({"github": "edit", "gitlab": "-/edit", "gitea": "_edit"}, path)

    def new_file(self, path: str, text: str, instead: str) -> NewFile:
        """Return the address that opens a new file with its name and text filled in.

        Where the address would be longer than `MAX_URL_BYTES`, the text is `instead`, a line that says
        to paste the whole; where the host takes no text, there is none.
        """
        folder, _, name = path.rpartition("/")
        if self.kind == "gitlab":
            return NewFile(f"{self._at('-/new')}?file_name={_value(path)}", False)
        if self.kind == "gitea":
            start = f"{self._at('_new', folder)}?filename={_value(name)}&value="
        else:
            start = f"{self._at('new')}?filename={_value(path)}&value="
        whole = start + _value(text)
        if len(whole) <= MAX_URL_BYTES:
            return NewFile(whole, True)
        return NewFile(start + _value(instead), False)

    def issue(self, title: str, body: str) -> str:
        """Return the address that opens a report with its title and text filled in."""
        title, body = _value(title[:MAX_TITLE_LENGTH]), _value(body[:MAX_BODY_LENGTH])
        if self.kind == "gitlab":
            named = f"issue%5Btitle%5D={title}&issue%5Bdescription%5D={body}"
            return f"{self.url}/-/issues/new?{named}"
        return f"{self.url}/issues/new?title={title}&body={body}"

    def suggestion(self, title: str, body: str, situation: str = "") -> str:
        """Return the address of the form for a method that is only suggested, for a situation ("" if none is known).

        `body` is what a host without that form asks in its place; it names the situation.
        """
        if self.kind == "github":
            known = f"&situation={_value(situation[:MAX_BODY_LENGTH])}" if situation else ""
            return f"{self.url}/issues/new?template={SUGGEST}&title={_value(title)}{known}"
        return self.issue(title, body)

    def report(self, title: str, page: str, body: str) -> str:
        """Return the address of the form for a problem with a page.

        `page` is the address of the page; `body` names it and asks, for a host without that form.
        """
        if self.kind == "github":
            named = (
                f"&title={_value(title[:MAX_TITLE_LENGTH])}&page={_value(page[:MAX_BODY_LENGTH])}"
            )
            return f"{self.url}/issues/new?template={REPORT}{named}"
        return self.issue(title, body)

    def _at(self, words: dict[Kind, str] | str, path: str = "") -> str:
        word = words if isinstance(words, str) else words[self.kind]
        parts = (word, quote(self.branch, safe="/"), quote(path, safe="/"))
        return "/".join([self.url, *(part for part in parts if part)])


@lru_cache(maxsize=8)
def forge_of(url: str, branch: str) -> Forge | None:
    """Return the repository at an address; None for no address, or a host whose forms we do not know.

    A host of one's own is known by its name: it holds "gitlab", "github", "gitea" or "forgejo".
    """
    host = urlsplit(url).hostname or ""
    known: tuple[tuple[str, Kind, str], ...] = (
        ("codeberg.org", "gitea", "Codeberg"),
        ("gitlab", "gitlab", "GitLab"),
        ("github", "github", "GitHub"),
        ("forgejo", "gitea", "Forgejo"),
        ("gitea", "gitea", "Gitea"),
    )
    for part, kind, name in known:
        if part in host:
            return Forge(kind, name, url.rstrip("/"), branch)
    return None


def mail(address: str, subject: str, body: str = "") -> str:
    """Return a mailto address with subject and text filled in."""
    text = f"&body={quote(body, safe='')}" if body else ""
    return f"mailto:{address}?subject={quote(subject, safe='')}{text}"


def _value(text: str) -> str:
    return quote_plus(text, safe=_AS_IT_IS)
