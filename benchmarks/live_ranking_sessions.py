"""Fifty people each moving a weight every three seconds: how long the server takes to answer.

    python -m benchmarks.live_ranking_sessions [SESSIONS] [ROWS]

Speaks Streamlit's own protocol to a real server, without browsers: when every session has
opened the Rank page, each releases a weight every three seconds. The answer is everything until the server
says that the run has finished. Memory is the server's resident set at the end.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import sys
import time
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.live_ranking import percentile
from tests.browser.conftest import start_app

SESSIONS = 50
ROWS = 1_000
EVERY = 3.0
ROUNDS = 8


async def until_finished(socket: ClientConnection) -> tuple[str, str]:
    """Read messages to the end of a run; the component's id and its fragment, where seen."""
    component = fragment = ""
    while True:
        message = ForwardMsg()
        message.ParseFromString(bytes(await socket.recv()))
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.WhichOneof("type") == "bidi_component":
            element = message.delta.new_element.bidi_component
            if element.component_name == "live_ranking":
                component, fragment = element.id, message.delta.fragment_id
        if kind == "script_finished":
            return component, fragment


async def session(url: str, number: int, ready: asyncio.Barrier, answers: list[float]) -> None:
    """One person: open the page, then a release every three seconds."""
    rng = random.Random(number)
    address = url.replace("http", "ws") + "/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None, origin=url) as socket:
        opening = BackMsg()
        opening.rerun_script.query_string = ""
        await socket.send(opening.SerializeToString())
        component, fragment = await until_finished(socket)
        await ready.wait()
        await asyncio.sleep(rng.random() * EVERY)
        for k in range(ROUNDS):
            await asyncio.sleep(EVERY)
            move = BackMsg()
            move.rerun_script.fragment_id = fragment
            state = move.rerun_script.widget_states.widgets.add()
            state.id = component
            weights = [str(rng.randrange(1, 40)) for _ in range(7)]
            setting = {"seq": k, "weights": weights, "line": 30, "counted": True, "mode": "leave"}
            state.json_value = json.dumps({"setting": setting})
            began = time.perf_counter()
            await socket.send(move.SerializeToString())
            await until_finished(socket)
            answers.append(1000 * (time.perf_counter() - began))


def resident_mb(process: int) -> float:
    """The resident memory of a process, where the system tells."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return float("nan")
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


async def everyone(url: str, sessions: int) -> list[float]:
    """All sessions at once; their answers in ms."""
    answers: list[float] = []
    ready = asyncio.Barrier(sessions)
    await asyncio.gather(*(session(url, k, ready, answers) for k in range(sessions)))
    return answers


def main(sessions: int = SESSIONS, rows: int = ROWS) -> None:
    """Measure and print one line."""
    process, url = start_app("benchmarks/_made_up_round.py", ROWS=str(rows))
    try:
        answers = asyncio.run(everyone(url, sessions))
        print(
            f"{sessions} sessions, {rows} rows, {len(answers)} releases: "
            f"median {statistics.median(answers):.0f} ms, "
            f"95th percentile {percentile(answers, 0.95):.0f} ms, "
            f"memory {resident_mb(process.pid):.0f} MB"
        )
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
