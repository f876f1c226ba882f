"""The prices and ratios of prices.yaml, as checked values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from catalogue.planner.answers import FREE
from catalogue.vocabulary import read_yaml

ROOM = "venue"
PRICES_FILE = Path(__file__).with_name("prices.yaml")


@dataclass(frozen=True)
class Price:
    """What one source asks for one unit of an item; a `year` of None is not dated there, a `hire` of "" is for all."""

    item: str
    low: float
    high: float
    unit: str
    currency: str
    basis: str
    url: str
    check_by: date
    year: int | None = None
    hire: str = ""


@dataclass(frozen=True)
class Ratio:
    """How much of one thing another needs, from `low` to `high`."""

    name: str
    low: float
    high: float
    basis: str
    url: str


@dataclass(frozen=True)
class PriceList:
    """All prices and ratios."""

    prices: tuple[Price, ...]
    ratios: tuple[Ratio, ...]

    def of(self, item: str, hire: str) -> tuple[Price, ...]:
        """Return the prices of an item for one who hires: council, community, or free, for whom rooms have none."""
        if (item, hire) == (ROOM, FREE):
            return ()
        return tuple(p for p in self.prices if p.item == item and p.hire in ("", hire))

    def ends(self, item: str, hire: str) -> tuple[float, float]:
        """Return the lowest and the highest price of an item in GBP; 0 where it has none, as a free room."""
        own = self.of(item, hire)
        return min((price.low for price in own), default=0.0), max(
            (price.high for price in own), default=0.0
        )

    def ratio(self, name: str) -> Ratio:
        """Return a ratio by its name. Raises StopIteration if there is none."""
        return next(ratio for ratio in self.ratios if ratio.name == name)


@lru_cache(maxsize=4)
def load_prices(path: Path = PRICES_FILE) -> PriceList:
    """Read the file of prices. Raises msgspec.ValidationError, which names the entry, or yaml.YAMLError."""
    return msgspec.convert(read_yaml(path), PriceList)
