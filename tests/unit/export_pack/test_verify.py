"""Verify: a pack reproduces, or it is said exactly what does not."""

import hashlib
import io
import json
import zipfile

import pytest

from scoring.export.fixed_zip import zip_of
from scoring.export.pack import verify
from scoring.export.pack.before import WHAT_BEFORE
from scoring.export.pack.inputs import INPUTS
from scoring.export.pack.opening import PackLimits
from scoring.export.pack.write import WHAT
from scoring.problem import Unusable
from tests.unit.export_pack.packs import edited, files_of, pack, repacked


def differences(data: bytes) -> list[str]:
    """What a check says, line by line."""
    return [str(difference) for difference in verify(data).differences]


def test_a_pack_as_written_reproduces():
    verdict = verify(pack())
    assert verdict.reproduces
    assert verdict.differences == ()
    assert verdict.recomputed == 5
    assert verdict.same_code


def with_one_byte_changed(name: str) -> bytes:
    """The pack with one byte in the middle of one file changed."""
    files = files_of(pack())
    data = bytearray(files[name])
    data[len(data) // 2] ^= 1
    return zip_of(files | {name: bytes(data)})


@pytest.mark.parametrize("name", sorted(set(WHAT) - set(WHAT_BEFORE)))
def test_one_byte_changed_in_any_file_is_refused_and_the_file_is_named(name):
    found = verify(with_one_byte_changed(name)).differences
    assert any(d.where == name and d.kind == "file" for d in found)


def test_one_byte_changed_in_a_hash_of_the_manifest_is_refused():
    files = files_of(pack())
    sha = json.loads(files["manifest.json"])["files"][0]["sha256"]
    other = sha[:-1] + ("0" if sha[-1] != "0" else "1")
    changed = files["manifest.json"].replace(sha.encode(), other.encode())
    (found,) = verify(zip_of(files | {"manifest.json": changed})).differences
    assert (found.kind, found.where) == ("file", "READ-ME-FIRST.txt")


def test_a_changed_score_is_found_even_when_the_manifest_is_made_to_agree():
    def lower(rows):
        rows[0]["scores"]["impact"] = 1

    said = differences(edited("inputs/intentions.json", lower, cover_up=True))
    # With Impact at 30 the weights add to 110: (62.5 + 7.5) / 110 before, 22.5 points fewer after.
    assert "A, total: recorded 700/11 (63.636364), found 475/11 (43.181818)" in said
    assert "A, place: recorded 2, found 4" in said
    assert "records/scores.csv, A, Impact: recorded 1, found 4" in said


def test_a_changed_total_in_the_results_is_named():
    def raise_a(rows):
        rows[0]["total"] = "99"

    said = differences(edited("results/results.json", raise_a, cover_up=True))
    assert said == ["A, total: recorded 99, found 700/11 (63.636364)"]


def test_a_changed_place_in_the_results_is_named():
    def first(rows):
        rows[1]["place"] = 1

    said = differences(edited("results/results.json", first, cover_up=True))
    assert said == ["B, place: recorded =1, found =3"]


def test_a_changed_segment_in_the_results_is_named():
    def move(rows):
        rows[0]["segment"] = "3"

    said = differences(edited("results/results.json", move, cover_up=True))
    assert said == ["A, segment: recorded 3, found 2-icb"]


def test_a_changed_answer_changes_the_segment():
    def answer(rows):
        rows[0]["fields"]["main_impact"] = "provider"

    said = differences(edited("inputs/intentions.json", answer, cover_up=True))
    assert "A, segment: recorded 2-icb, found 2-provider" in said


def test_a_changed_weight_is_found():
    def heavier(weights):
        weights["used"]["cost"] = "60"

    assert any(
        "total" in line
        for line in differences(edited("inputs/weights.json", heavier, cover_up=True))
    )


def test_an_override_taken_out_is_found():
    said = differences(edited("inputs/overrides.json", list.clear, cover_up=True))
    assert "B, segment: recorded 1, found 2-provider" in said


def test_a_range_of_an_unranked_intention_is_checked():
    def narrow(rows):
        rows[3]["place_range"] = [1, 1]

    said = differences(edited("results/results.json", narrow, cover_up=True))
    assert len(said) == 1
    assert said[0].startswith("D, what it could come to: recorded totals")


def test_an_intention_taken_out_of_the_results_is_found():
    said = differences(edited("results/results.json", lambda rows: rows.pop(0), cover_up=True))
    assert said == ["A: recorded nothing, found an intention"]


def test_an_intention_added_to_the_results_is_found():
    def twice(rows):
        rows.append(rows[0] | {"ref": "Z"})

    said = differences(edited("results/results.json", twice, cover_up=True))
    assert said == ["Z: recorded an intention, found nothing"]


def test_a_score_changed_in_the_readable_table_only_is_found():
    files = files_of(pack())
    text = files["records/scores.csv"].decode("utf-8-sig")
    changed = text.replace("A,Alpha,Impact,4,", "A,Alpha,Impact,5,")
    assert changed != text
    data = repacked(files | {"records/scores.csv": changed.encode("utf-8-sig")}, cover_up=True)
    assert differences(data) == ["records/scores.csv, A, Impact: recorded 4, found 5"]


def test_a_file_added_to_the_pack_is_found():
    data = repacked(files_of(pack()) | {"extra.txt": b"x"}, cover_up=True)
    assert differences(data) == ["extra.txt: recorded no such file, found a file"]


@pytest.mark.parametrize("name", [*INPUTS, "results/results.json"])
def test_an_input_taken_out_is_said(name):
    files = files_of(pack())
    del files[name]
    said = differences(zip_of(files))
    assert any(line.startswith(f"{name}: recorded SHA-256") for line in said)
    assert f"{name}: recorded an input, found nothing to work with" in said


@pytest.mark.parametrize("name", [*INPUTS, "results/results.json"])
@pytest.mark.parametrize(
    "junk", [b"", b"null", b"[1]", b"{}", b"[[[[", b'[{"ref": 1}]', b"\xff\xfe"]
)
def test_an_input_that_is_junk_is_said_and_never_a_traceback(name, junk):
    if (name, junk) == ("inputs/overrides.json", b"{}"):
        junk = b"7"
    data = repacked(files_of(pack()) | {name: junk}, cover_up=True)
    assert not verify(data).reproduces


def test_the_sha256_kept_elsewhere_is_compared():
    whole = hashlib.sha256(pack()).hexdigest()
    assert verify(pack(), sha256=f" {whole.upper()} ").reproduces
    verdict = verify(pack(), sha256="ab" * 32)
    assert [d.kind for d in verdict.differences] == ["pack"]


def test_damaged_bytes_inside_the_zip_are_named():
    data = bytearray(pack())
    with zipfile.ZipFile(io.BytesIO(pack())) as archive:
        entry = archive.getinfo("inputs/intentions.json")
    data[entry.header_offset + 60 + len(entry.filename)] ^= 0xFF
    said = differences(bytes(data))
    assert any(line.startswith("inputs/intentions.json: recorded SHA-256") for line in said)


def refusal(data: bytes, limits: PackLimits | None = None) -> str:
    """The message with which a file is refused."""
    with pytest.raises(Unusable) as refused:
        verify(data, "p.zip", limits=limits or PackLimits())
    return str(refused.value)


def test_what_is_not_a_zip_is_refused():
    assert (
        refusal(b"")
        == 'p.zip: found "a file that is not a readable .zip", expected a decision pack.'
    )
    assert "not a readable .zip" in refusal(pack()[:-40])


def test_a_zip_without_a_manifest_is_refused():
    assert 'found "no manifest.json"' in refusal(zip_of({"a.txt": b"x"}))


@pytest.mark.parametrize(
    "junk", [b"", b"[]", b"{}", b'{"format": 2}', b'{"format": 1, "files": 3}', b"[" * 100_000]
)
def test_a_manifest_that_is_none_is_refused(junk):
    assert "manifest.json" in refusal(zip_of({"manifest.json": junk}))


@pytest.mark.parametrize(
    "name",
    ["../out.txt", "/etc/x", "a/../../b", "C:/x", "a\\..\\b", "a//b", "./a", "a/.", "new\nline"],
)
def test_a_name_that_leaves_the_pack_is_refused(name):
    assert "plain names inside the pack" in refusal(zip_of(files_of(pack()) | {name: b"x"}))


def test_a_symbolic_link_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("manifest.json")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert "plain names inside the pack" in refusal(out.getvalue())


def test_two_files_of_one_name_are_refused():
    out = io.BytesIO(pack())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("manifest.json", "{}")
    assert "two files called manifest.json" in refusal(out.getvalue())


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert "at most 250 times" in refusal(zip_of({"manifest.json": bytes(30 * 1024**2)}))


def test_absurd_sizes_are_refused():
    small = PackLimits(pack_bytes=10**9, file_bytes=1000, unpacked_bytes=10**9, files=2000)
    assert "at most 1,000 bytes a file" in refusal(pack(), small)
    assert "at most 3" in refusal(pack(), PackLimits(files=3))
    assert "bytes unpacked" in refusal(pack(), PackLimits(unpacked_bytes=5000))
    assert "at most 10 bytes" in refusal(pack(), PackLimits(pack_bytes=10))


def test_an_entry_that_is_longer_than_it_declares_is_damaged_not_unpacked():
    data = pack()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("results/results.json").file_size
    shorter = data.replace(size.to_bytes(4, "little"), (size - 5).to_bytes(4, "little"))
    assert not verify(shorter).reproduces


def test_a_source_file_that_is_not_the_one_that_was_read_is_found():
    files = files_of(pack())
    manifest = json.loads(files["manifest.json"])
    extra = {"inputs/sources/1-team.xlsx": b"not it"}
    manifest["files"].append(
        {"name": "inputs/sources/1-team.xlsx", "bytes": 6, "sha256": "", "what": "a source file"}
    )
    files = files | extra | {"manifest.json": json.dumps(manifest).encode()}
    said = differences(repacked(files, cover_up=True))
    assert (
        "inputs/sources/1-team.xlsx: recorded one of the files that were read, found another file"
    ) in said
