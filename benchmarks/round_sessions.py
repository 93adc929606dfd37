"""Forty people in one round of the store: weights released, scores saved, everybody following.

    python -m benchmarks.round_sessions [PEOPLE ON RANK] [PEOPLE ON SCORE] [SECONDS]

Speaks Streamlit's own protocol to a real server on a SQLite store, without browsers: each person
acts every two to four seconds, and asks every two seconds what the others did, as a browser does.
Nothing may hang, no page may break, and every save must be in the audit. An answer is the time
from a request, asked or timed, to the end of the run that takes it.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks._made_up_round import made_up_sheet
from benchmarks.live_ranking import percentile
from benchmarks.live_ranking_sessions import resident_mb
from store.audit import verify_round
from store.places import keep_place
from store.rounds import new_round
from store.settings import as_url
from store.sheets import load_sheet
from store.store import Store
from tests.browser.conftest import start_app
from views.who import LOCAL

ON_RANK, ON_SCORE, SECONDS, ROWS = 34, 6, 30.0, 1_000
PATIENCE = 60.0  # seconds: what takes longer at the end hangs


class Person:
    """One browser tab: its page, the timers that the server set, and what it waits for."""

    def __init__(self, number: int, page: str) -> None:
        self.page, self.rng = page, random.Random(number)
        self.name = f"{number:016x}"
        self.state: dict[str, tuple[str, str]] = {}  # of widgets, sent with every request
        self.live = self.fragment = self.grid = ""
        self.timers: dict[str, asyncio.Task[None]] = {}
        self.asked: float | None = None
        self.answers: list[float] = []
        self.acted = self.broken = 0
        self.leaving = self.hangs = False

    async def work(self, url: str, until: float) -> None:
        """Open the page, act until then, and wait for the last answer."""
        address = url.replace("http", "ws") + "/_stcore/stream"
        async with connect(
            address, subprotocols=["streamlit"], max_size=None, origin=url, ping_interval=None
        ) as self.socket:  # type: ignore[arg-type, list-item]
            reading = asyncio.create_task(self.read(self.socket))
            await self.send()
            while time.monotonic() < until and not reading.done():
                await asyncio.sleep(self.rng.uniform(2, 4))
                await self.act()
            self.leaving = True
            self.stop(list(self.timers))
            end = time.monotonic() + PATIENCE
            while self.asked is not None and time.monotonic() < end:
                await asyncio.sleep(0.1)
            self.hangs = self.asked is not None
            reading.cancel()

    async def act(self) -> None:
        """Release a weight, or type a score into the grid."""
        rng = self.rng
        if self.live:
            weights = [str(rng.randrange(1, 40)) for _ in range(7)]
            setting = {"seq": self.acted, "weights": weights, "line": 30, "mode": "leave"}
            self.state[self.live] = "json_value", json.dumps({"setting": setting})
            await self.send(self.fragment)
        elif self.grid:
            cell = {rng.choice(("impact", "cost", "time")): str(rng.randrange(1, 6))}
            edits = {"edited_rows": {str(rng.randrange(40)): cell}}
            self.state[self.grid] = "string_value", json.dumps(edits)
            await self.send()
        self.acted += 1

    async def send(self, fragment: str = "", timed: bool = False) -> None:
        """Ask for a run of the page, or of one part of it."""
        asks = BackMsg()
        asks.rerun_script.page_name = self.page
        asks.rerun_script.fragment_id = fragment
        asks.rerun_script.is_auto_rerun = timed
        for id, (kind, value) in self.state.items():
            widget = asks.rerun_script.widget_states.widgets.add()
            widget.id = id
            setattr(widget, kind, value)
        self.asked = self.asked or time.monotonic()
        await self.socket.send(asks.SerializeToString())

    async def read(self, socket: ClientConnection) -> None:
        """Take in what the server says."""
        async for raw in socket:
            message = ForwardMsg()
            message.ParseFromString(bytes(raw))
            kind = message.WhichOneof("type")
            if kind == "new_session" and not message.metadata.run.fragment_ids:
                self.stop(list(self.timers))
            elif kind == "stop_auto_rerun":
                self.stop(list(message.stop_auto_rerun.fragment_ids))
            elif kind == "auto_rerun" and not self.leaving:
                part = message.auto_rerun.fragment_id
                self.stop([part])
                every = self.again(part, message.auto_rerun.interval)
                self.timers[part] = asyncio.create_task(every)
            elif kind == "delta":
                await self.drawn(message)
            elif kind == "script_finished" and self.asked is not None:
                self.answers.append(1000 * (time.monotonic() - self.asked))
                self.asked = None

    async def drawn(self, message: ForwardMsg) -> None:
        """Note where one can act; say which tab this is; count what broke."""
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        self.broken += kind == "exception"
        if kind == "dataframe" and element.dataframe.id:
            self.grid = element.dataframe.id
        if kind != "bidi_component":
            return
        component = element.bidi_component
        if component.component_name == "live_ranking":
            self.live, self.fragment = component.id, message.delta.fragment_id
        if component.component_name == "tab" and component.id not in self.state:
            said = {"name": f"{self.name} {self.name}"}
            self.state[component.id] = "json_value", json.dumps(said)
            await self.send(message.delta.fragment_id)

    async def again(self, part: str, interval: float) -> None:
        """What a browser does for a part that runs every so often."""
        while True:
            await asyncio.sleep(interval)
            await self.send(part, timed=True)

    def stop(self, parts: list[str]) -> None:
        """End these timers."""
        for part in parts:
            if part in self.timers:
                self.timers.pop(part).cancel()


def main(on_rank: int = ON_RANK, on_score: int = ON_SCORE, seconds: float = SECONDS) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rounds.sqlite"
        store = Store.open(as_url(str(file)))
        sheet, now = made_up_sheet(ROWS), datetime.now(UTC)
        with new_round(store, LOCAL, now, "Together", sheet.framework) as change:
            load_sheet(change, sheet)
        keep_place(store, LOCAL, "before", "together", {}, now)
        people = [Person(k, "") for k in range(on_rank)]
        people += [Person(on_rank + k, "score") for k in range(on_score)]
        process, url = start_app(PRIORITISER_DATABASE_URL=str(file))
        try:
            asyncio.run(_everyone(people, url, time.monotonic() + seconds))
            memory = resident_mb(process.pid)
        finally:
            process.terminate()
            process.wait(10)
        with store.read("together", LOCAL) as source:
            audit = verify_round(source).says
        store.close()
    answers = [answer for person in people for answer in person.answers]
    print(
        f"{on_rank} on Rank, {on_score} on Score, {ROWS:,} rows, {seconds:g} s "
        f"(load of the machine {os.getloadavg()[0]:.0f}): {len(answers):,} answers, "
        f"median {statistics.median(answers):.0f} ms, 95th percentile "
        f"{percentile(answers, 0.95):.0f} ms, longest {max(answers):.0f} ms; "
        f"hanging: {sum(person.hangs for person in people)}, "
        f"pages that broke: {sum(person.broken for person in people)}, memory {memory:.0f} MB. "
        f"{audit}"
    )


async def _everyone(people: list[Person], url: str, until: float) -> None:
    await asyncio.gather(*(person.work(url, until) for person in people))


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
