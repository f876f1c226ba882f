"""The URLs of the site: each path once, and the prefix that all of them may have.

A site at https://council.example/participation has the prefix "/participation". Routes and stored HTML are without it;
responses are with it.
"""

from __future__ import annotations

import re

# A link inside the site, as sanitised HTML has it; one that begins with // leads elsewhere.
INTERNAL_LINK = re.compile(r'(<a(?: [a-z]+="[^"]*")*? href=")(?=/(?!/))')


class Urls:
    """The URLs of the site's pages and files, from the root of the host: with `prefix`, or as routes without one."""

    def __init__(self, prefix: str = "") -> None:
        """Take a prefix without a trailing slash, such as "/participation"; "" for none."""
        self.prefix = prefix
        self.home = f"{prefix}/"
        self.methods = f"{prefix}/methods"
        self.map = f"{prefix}/map"
        self.deck = f"{prefix}/deck"
        self.handbook = f"{prefix}/handbook"
        self.plan = f"{prefix}/plan"
        self.how_we_rank = f"{prefix}/plan/how-we-rank"
        self.cases = f"{prefix}/cases"
        self.guides = f"{prefix}/working-with"
        self.rules = f"{prefix}/rules"
        self.before_you_choose = f"{prefix}/before-you-choose"
        self.uses = f"{prefix}/uses"
        self.uses_csv = f"{prefix}/uses.csv"
        self.compare = f"{prefix}/compare"
        self.plan_steps = f"{prefix}/plan/steps"
        self.glossary = f"{prefix}/glossary"
        self.about = f"{prefix}/about"
        self.quality = f"{prefix}/about/quality"
        self.design = f"{prefix}/about/design"
        self.contributors = f"{prefix}/contributors"
        self.contribute = f"{prefix}/contribute"
        self.contribute_new = f"{prefix}/contribute/new"
        self.contribute_use = f"{prefix}/contribute/use"
        self.contribute_check = f"{prefix}/contribute/check"
        self.contribute_file = f"{prefix}/contribute/file"
        self.methods_csv = f"{prefix}/methods.csv"
        self.methods_docx = f"{prefix}/methods.docx"
        self.data = f"{prefix}/data"
        self.feed = f"{prefix}/feed.atom"
        self.sitemap = f"{prefix}/sitemap.xml"
        self.robots = f"{prefix}/robots.txt"
        self.opensearch = f"{prefix}/opensearch.xml"
        self.llms = f"{prefix}/llms.txt"
        self.api = f"{prefix}/api"
        self.api_methods = f"{prefix}/api/v1/methods"
        self.api_plan = f"{prefix}/api/v1/plan"
        self.api_suggest = f"{prefix}/api/v1/suggest"
        self.openapi = f"{prefix}/api/v1/openapi.json"
        self.schema = f"{prefix}/schema/method.schema.json"
        self.healthz = f"{prefix}/healthz"
        self.readyz = f"{prefix}/readyz"
        self.metrics = f"{prefix}/metrics"

    def method(self, slug: str) -> str:
        """Return the URL of a method's page."""
        return f"{self.methods}/{slug}"

    def method_file(self, slug: str, form: str) -> str:
        """Return the URL of a method as a file of some form, such as "md" or "bib"."""
        return f"{self.methods}/{slug}.{form}"

    def sheet(self, slug: str) -> str:
        """Return the URL of a method on one page of paper."""
        return f"{self.methods}/{slug}/sheet"

    def old_method(self, name: str) -> str:
        """Return the URL of a method at peopleandparticipation.net, which this catalogue follows."""
        return f"{self.prefix}/display/Methods/{name}"

    def data_file(self, name: str) -> str:
        """Return the URL of a file of the open data."""
        return f"{self.data}/{name}"

    def use_tomorrow(self, slug: str) -> str:
        """Return the URL of what a method has to copy, as text."""
        return f"{self.methods}/{slug}/use-it-tomorrow.txt"

    def purpose(self, slug: str) -> str:
        """Return the URL of the page of a purpose."""
        return f"{self.prefix}/purposes/{slug}"

    def audience(self, slug: str) -> str:
        """Return the URL of the page of an audience."""
        return f"{self.prefix}/audiences/{slug}"

    def case(self, slug: str) -> str:
        """Return the URL of the page of a case."""
        return f"{self.cases}/{slug}"

    def guide(self, slug: str) -> str:
        """Return the URL of a guide to working with some people."""
        return f"{self.guides}/{slug}"

    def rule(self, slug: str) -> str:
        """Return the URL of a rule of law."""
        return f"{self.rules}/{slug}"

    def term(self, anchor: str) -> str:
        """Return the URL of a term of the glossary."""
        return f"{self.glossary}#{anchor}"

    def api_method(self, slug: str) -> str:
        """Return the URL of a method as JSON."""
        return f"{self.api_methods}/{slug}"

    def static(self, name: str) -> str:
        """Return the URL of a static file."""
        return f"{self.prefix}/static/{name}"

    def in_html(self, stored: str) -> str:
        """Return stored HTML, which links to PATHS, with the prefix in its links."""
        return INTERNAL_LINK.sub(rf"\1{self.prefix}", stored) if self.prefix else stored


# The paths of routes, and of links in stored HTML.
PATHS = Urls()


def first_segments() -> set[str]:
    """Return the first segments of all paths, such as "methods"."""
    paths = [path for path in vars(PATHS).values() if path]
    paths += [PATHS.purpose(""), PATHS.audience(""), PATHS.static(""), PATHS.old_method("")]
    return {path.split("/")[1] for path in paths} - {""}
