"""SIGKILL of the app itself while people save on its Score page, on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from store.audit import entries, verify_round
from store.cells import history, save_scores
from store.people import invite
from store.places import keep_place
from store.records import NewValue, Saved
from store.store import Store
from tests.browser.conftest import start_app, stop
from tests.store.conftest import ANN, minutes
from views.who import LOCAL

SAVES = 200
KILLED_AT = 40  # acknowledged; each is a run of the whole page, and all 200 would take a minute
WAIT = 180  # seconds at most for what takes a moment, on a busy machine too
CRITERIA = ("strategic_alignment", "impact", "cost")  # one a session, so that none waits on another


class Person:
    """One browser on the Score page, by Streamlit's own protocol; saves A and B together."""

    def __init__(self, url: str, criterion: str) -> None:
        self.url, self.criterion = url, criterion
        self.acknowledged = 0

    def work(self, ready: threading.Barrier, count: threading.Semaphore) -> None:
        """Save until the app is gone."""
        address = self.url.replace("http", "ws") + "/_stcore/stream"
        with connect(
            address, origin=self.url, subprotocols=["streamlit"], max_size=None,  # type: ignore[list-item, arg-type]
            open_timeout=WAIT, ping_interval=None,
        ) as socket:  # fmt: skip
            opening = BackMsg()
            opening.rerun_script.page_name = "score"
            socket.send(opening.SerializeToString())
            grid = self.finished(socket)
            ready.wait(WAIT)
            try:
                while self.acknowledged < SAVES:
                    value = str(score(self.acknowledged))
                    edits = {row: {self.criterion: value} for row in ("0", "1")}
                    save = BackMsg()
                    save.rerun_script.page_name = "score"
                    state = save.rerun_script.widget_states.widgets.add()
                    state.id = grid
                    state.string_value = json.dumps(
                        {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
                    )
                    socket.send(save.SerializeToString())
                    self.finished(socket)
                    self.acknowledged += 1
                    count.release()
            except ConnectionClosed:
                pass

    def finished(self, socket: ClientConnection) -> str:
        """Read to the end of a run; returns the id of the grid. Nothing may be refused."""
        grid = ""
        while True:
            message = ForwardMsg()
            message.ParseFromString(bytes(socket.recv(WAIT)))
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            assert kind not in ("alert", "exception"), element
            if kind == "dataframe" and element.dataframe.id:
                grid = element.dataframe.id
            if message.WhichOneof("type") == "script_finished":
                return grid


def score(number: int) -> int:
    """What save number so many enters: never what stands there already, from 2 or 4 on."""
    return (1, 5, 3)[number % 3]


def test_killed_in_the_middle_of_200_saves_the_app_has_kept_every_one_that_it_acknowledged(
    store: Store, round_id: str, url: str
) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        invite(change, LOCAL.id, LOCAL.name, "assessor")
        # Where the saves begin from.
        values = [NewValue(ref, field, 2, 1) for ref in "AB" for field in CRITERIA]
        assert all(isinstance(o, Saved) for o in save_scores(change, values))
    keep_place(store, LOCAL, "tab", round_id, {}, minutes(1))
    with store.read(round_id, ANN) as source:
        before = {(ref, c): len(history(source, ref, c)) for ref in "AB" for c in CRITERIA}
        links = source.seq
    process, app = start_app(PRIORITISER_DATABASE_URL=url)
    people = [Person(app, criterion) for criterion in CRITERIA]
    ready, count = threading.Barrier(len(people)), threading.Semaphore(0)
    with ThreadPoolExecutor(len(people)) as pool:
        work = [pool.submit(person.work, ready, count) for person in people]
        try:
            for _ in range(KILLED_AT):
                assert count.acquire(timeout=WAIT), [w.exception(0) for w in work if w.done()]
        finally:
            stop(process)  # SIGKILL: no handler runs
        for done in work:
            done.result(WAIT)
    with store.read(round_id, ANN) as source:
        made = 0
        for person in people:
            a, b = (history(source, ref, person.criterion) for ref in "AB")
            kept = len(a) - before["A", person.criterion]
            assert kept == len(b) - before["B", person.criterion]  # no half save
            # One may have been saved and not told of yet.
            assert kept in (person.acknowledged, person.acknowledged + 1)
            assert [cell.value for cell in a[-kept:]] == [score(n) for n in range(kept)]
            made += 2 * kept
        assert KILLED_AT <= made / 2 < SAVES
        assert source.seq - links == made == len(entries(source, after=links))
        assert verify_round(source).holds
    with store.change(round_id, ANN, minutes(2)) as change:  # and work goes on
        (saved,) = save_scores(change, [NewValue("A", "time", 5, 1)])
        assert isinstance(saved, Saved)
