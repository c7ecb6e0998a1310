#!/usr/bin/env python3
"""A program as people write them."""
from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Basket(Generic[T]):
    items: list[T] = field(default_factory=list)
    owner: "str | None" = None

    def total(self, *, tax: float = 0.2) -> float:
        return sum(item.price for item in self.items if item) * (1 + tax)

    def __getitem__(self, key: int | slice) -> T | list[T]:
        return self.items[key] if not isinstance(key, slice) else self.items[key.start:key.stop]


def main(argv: list[str] | None = None) -> int:
    counts: dict[str, int] = {}
    for line in sys.stdin:
        for word in line.split():
            counts[word] = counts.get(word, 0) + 1
    try:
        best, *rest = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    except ValueError as exc:
        print(f"nothing to count: {exc!r}", file=sys.stderr)
        return 1
    else:
        print(f"{best[0]:>10} {best[1]:,} {len(rest) + 1 = }")
    finally:
        sys.stdout.flush()
    while rest and (item := rest.pop()):
        if item[1] == 1: continue
        print(*item, sep="\t", end="\n\n")
    return 0 if counts else 1


if __name__ == "__main__":
    raise SystemExit(main())
