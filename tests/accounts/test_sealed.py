from __future__ import annotations

import secrets
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.accounts import SealBroken
from assistant.accounts.sealed import load_seal_key, open_sealed, seal
from assistant.errors import NotReady

KEYS = (b"k" * 32,)
PLACE = "person/6f1f7a52/totp"
SENTINEL = "JBSWY3DPEHPK3PXP"


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens_in_its_place(text: str, place: str) -> None:
    assert open_sealed(KEYS, seal(KEYS, text, place), place) == text


def test_a_sealed_text_shows_nothing_and_is_never_the_same() -> None:
    sealed = {seal(KEYS, SENTINEL, PLACE) for _ in range(100)}
    assert len(sealed) == 100
    assert not any(SENTINEL in one for one in sealed)
    assert len({one.rpartition(".")[0] for one in sealed}) == 1


@pytest.mark.parametrize("place", ["person/0b0c2a11/totp", "person/6f1f7a52/email", "setting/6f1f7a52/totp", ""])
def test_it_stays_shut_elsewhere(place: str) -> None:
    with pytest.raises(SealBroken):
        open_sealed(KEYS, seal(KEYS, SENTINEL, PLACE), place)


def test_every_change_is_noticed() -> None:
    """Also in the bits of the last sign that say nothing, and by signs that base64 overlooks."""
    sealed = seal(KEYS, SENTINEL, PLACE)
    for index, sign in enumerate(sealed):
        for other in {*"ABQg_= ", chr(ord(sign) + 1)} - {sign}:
            with pytest.raises(SealBroken):
                open_sealed(KEYS, sealed[:index] + other + sealed[index + 1 :], PLACE)
        with pytest.raises(SealBroken):
            open_sealed(KEYS, sealed[:index] + "\n" + sealed[index:], PLACE)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            open_sealed(KEYS, sealed[:length], PLACE)


@pytest.mark.parametrize("text", ["", ".", "..", "v1..", "v1.00000000.AAAA", SENTINEL, "é.é.é", "v1.a.b.c"])
def test_texts_that_were_never_sealed(text: str) -> None:
    with pytest.raises(SealBroken) as broken:
        open_sealed(KEYS, text, PLACE)
    assert not text or text not in str(broken.value)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SealBroken, match="its key is gone"):
        open_sealed((b"o" * 32,), seal(KEYS, SENTINEL, PLACE), PLACE)


def test_a_new_key_seals_while_the_old_one_opens() -> None:
    both = (b"n" * 32, *KEYS)
    old, new = seal(KEYS, SENTINEL, PLACE), seal(both, SENTINEL, PLACE)
    assert open_sealed(both, old, PLACE) == open_sealed(both, new, PLACE) == SENTINEL
    assert open_sealed(both[:1], new, PLACE) == SENTINEL
    with pytest.raises(SealBroken):
        open_sealed(KEYS, new, PLACE)


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "seal.key"
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: load_seal_key(path), range(8)))
    assert len(found) == 1
    assert [len(key) for key in found.pop()] == [32]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["seal.key"]


def test_a_file_may_hold_older_keys_below(tmp_path: Path) -> None:
    path = tmp_path / "seal.key"
    lines = [secrets.token_hex(32) for _ in range(3)]
    path.write_text("\n".join(lines) + "\n")
    assert load_seal_key(path) == tuple(map(bytes.fromhex, lines))


@pytest.mark.parametrize("content", ["", "zz", "00" * 31, "é", "00" * 32 + "\n" + "00" * 31])
def test_a_damaged_key_is_not_replaced(tmp_path: Path, content: str) -> None:
    path = tmp_path / "seal.key"
    path.write_text(content, "utf-8")
    with pytest.raises(NotReady, match="seal key"):
        load_seal_key(path)
    assert path.read_text("utf-8") == content


def test_a_place_where_no_key_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotReady, match="seal key"):
        load_seal_key(tmp_path / "file" / "seal.key")
