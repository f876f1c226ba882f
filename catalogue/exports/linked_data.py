"""What pages say of themselves to search engines, in the words of schema.org (JSON-LD)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from catalogue.exports.data_files import OpenData
from catalogue.i18n import gettext
from catalogue.model.method import Method
from catalogue.presentation.formatting import option_label
from catalogue.presentation.serialisers import LICENCE
from catalogue.search.cards import Card
from catalogue.settings import Settings
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY

CONTEXT = "https://schema.org"


def method_linked_data(method: Method, settings: Settings) -> dict[str, Any]:
    """Return a method as a LearningResource."""
    site_url = settings.site_url
    url = site_url + PATHS.method(method.slug)
    purpose = VOCABULARY.facets["purpose"]
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "LearningResource",
        "@id": url,
        "url": url,
        "name": method.title,
        "description": method.summary,
        "inLanguage": settings.language.replace("_", "-"),
        "license": LICENCE["url"],
        "isAccessibleForFree": True,
        "keywords": [option_label(purpose, value) for value in method.purposes],
        "isPartOf": {"@type": "WebSite", "name": settings.site_name, "url": f"{site_url}/"},
    }
    if method.aliases:
        data["alternateName"] = list(method.aliases)
    if method.last_reviewed:
        data["dateModified"] = method.last_reviewed.isoformat()
    if method.contributors:
        data["contributor"] = [
            {"@type": "Thing", "name": credit.name} for credit in method.contributors
        ]
    return data


def list_linked_data(cards: Iterable[Card], first: int, site_url: str) -> dict[str, Any]:
    """Return a list of methods as an ItemList; `first` is the place of its first method in the whole list."""
    return {
        "@context": CONTEXT,
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": card.title, "url": site_url + PATHS.method(card.slug)}
            for n, card in enumerate(cards, start=first)
        ],
    }  # fmt: skip


def data_linked_data(data: OpenData, site_url: str, site_name: str) -> dict[str, Any]:
    """Return the open data as a Dataset with its downloads."""
    url = site_url + PATHS.data
    dataset: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": site_name,
        "description": gettext("All methods of public participation in the catalogue, with their figures, cases and sources."),
        "license": LICENCE["url"],
        "version": data.build,
        "creator": {"@type": "Organization", "name": LICENCE["attribution"]},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "contentUrl": site_url + PATHS.data_file(file.name),
                "encodingFormat": file.content_type.partition(";")[0],
                "sha256": file.digest,
            }
            for file in data.files.values()
        ],
    }  # fmt: skip
    if data.day:
        dataset["dateModified"] = data.day
    return dataset
