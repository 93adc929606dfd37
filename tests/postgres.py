"""A private PostgreSQL on a free port, for the tests and the benchmarks."""

from __future__ import annotations

import os
import pwd
import resource
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import psycopg

from tests.ports import free_port


def postgres_folder() -> Path | None:
    """Where PostgreSQL's programs are; Debian keeps them off the path."""
    on_path = shutil.which("postgres")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found else None


class Cluster:
    """One server with its data in a folder of its own."""

    def __init__(self, durable: bool = False, wal_megabytes: int = 16) -> None:
        folder = postgres_folder()
        assert folder, "PostgreSQL is missing: install it (Debian: apt-get install postgresql)"
        self._programs = folder
        # The server refuses to run as root.
        self._user = _unprivileged() if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="prioritiser-pg-"))
        if self._user:
            shutil.chown(self.folder, self._user)
        self.port = free_port()
        self._names = count(1)
        self._run("initdb", "-D", str(self.data), "-A", "trust", "-U", "test", "-E", "UTF8",
                  "--locale=C", "--no-sync", f"--wal-segsize={wal_megabytes}")  # fmt: skip
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(f"unix_socket_directories = '{self.folder}'\nmax_connections = 120\n")
            if not durable:
                file.write("fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n")
        self.start()

    @property
    def data(self) -> Path:
        """The folder of the data."""
        return self.folder / "data"

    def start(self, largest_file: int | None = None) -> None:
        """Start the server and wait until it takes connections. No file grows beyond the limit."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "300", "-l", str(self.folder / "log"),
                  "-o", f"-p {self.port} -c listen_addresses=127.0.0.1", "start",
                  largest_file=largest_file)  # fmt: skip

    def stop(self) -> None:
        """Stop the server at once, cutting off whoever is connected."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "300", "-m", "fast", "stop")

    def new_database(self, like: str = "template1") -> str:
        """The address of a new database: empty, or like another of this server."""
        name = f"rounds_{next(self._names)}"
        self._administer(f"CREATE DATABASE {name} TEMPLATE {like.rsplit('/', 1)[-1]}")
        return self.address(name).replace("postgresql://", "postgresql+psycopg://")

    def drop(self, url: str) -> None:
        """Remove a database."""
        self._administer(f"DROP DATABASE {url.rsplit('/', 1)[-1]} WITH (FORCE)")

    def address(self, database: str) -> str:
        """The address of a database of this server."""
        return f"postgresql://test@127.0.0.1:{self.port}/{database}"

    def remove(self) -> None:
        """Stop the server and remove its data."""
        subprocess.run(
            [str(self._programs / "pg_ctl"), "-D", str(self.data), "-m", "immediate", "stop"],
            user=self._user, cwd="/", capture_output=True,
        )  # fmt: skip
        shutil.rmtree(self.folder, ignore_errors=True)

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str, largest_file: int | None = None) -> None:
        def limit() -> None:
            if largest_file is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

        # Output goes to a file: a server that outlives pg_ctl would keep a pipe open.
        with (self.folder / f"{program}.out").open("w+b") as out:
            done = subprocess.run(
                [str(self._programs / program), *arguments],
                user=self._user, cwd="/", stdout=out, stderr=out, preexec_fn=limit,
            )  # fmt: skip
            out.seek(0)
            assert done.returncode == 0, out.read().decode()


def _unprivileged() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)
