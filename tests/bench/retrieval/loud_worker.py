"""A worker for tests: prints where it shouldn't, and gives up when it is asked to."""

from __future__ import annotations

from typing import Any

from bench.retrieval.workers.serving import serve


class Loud:
    def build(self, entries: list[dict[str, Any]]) -> None:
        print("loading … 50 %")
        self.entries = entries

    def search(self, text: str) -> tuple[list[str], float]:
        if text == "그만":
            raise RuntimeError("no more")
        return [entry["id"] for entry in self.entries if text in entry["question"]], 0.25

    def edit(self, entry: dict[str, Any]) -> None:
        print("training … 99 %")
        self.entries = [entry if held["key"] == entry["key"] else held for held in self.entries]


if __name__ == "__main__":
    serve(Loud())
