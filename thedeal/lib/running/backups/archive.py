"""The backup's file: a tar with a manifest that is signed and lists every checksum.

Reading refuses whatever the manifest does not vouch for. Encryption is age's
(``pyrage``): the box that makes a backup holds only the public half of the key.
"""

import hashlib
import hmac
import json
import os
import shutil
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyrage

from thedeal.lib.running.manage import CommandError

FORMAT = 1
MANIFEST = "manifest.json"
AGE_HEAD = b"age-encryption.org/v1"
CHUNK_BYTES = 1024 * 1024
BROKEN = "{file} is damaged or was changed, so nothing was restored: {why}"


class BackupError(CommandError):
    """A backup cannot be made or believed; the message says what to do."""


def broken(file: Path, why: str) -> BackupError:
    """Give the error for a file that cannot be believed."""
    return BackupError(BROKEN.format(file=file, why=why))


def pack(folder: Path, file: Path, manifest: dict[str, Any], *, key: str) -> None:
    """Write all of a folder and its signed manifest into one tar.

    ``key`` is the house's audit key; ``manifest`` gets format, members, signature.
    """
    members = {
        str(path.relative_to(folder)): digest_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    manifest |= {"format": FORMAT, "members": members}
    manifest["signature"] = signature(manifest, key=key)
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1))
    with tarfile.open(file, "w") as tar:
        for name in [MANIFEST, *members]:
            tar.add(folder / name, arcname=name, recursive=False)


def unpack(file: Path, folder: Path, *, keys: Iterable[str]) -> dict[str, Any]:
    """Unpack a tar and give its manifest, with every byte vouched for by it.

    ``keys`` are the audit keys that may have signed. Raises BackupError.
    """
    try:
        with tarfile.open(file, "r:") as tar:
            _extract(tar, folder)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        _check_signature(file, manifest, keys)
        _check_members(file, folder, manifest["members"])
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as error:
        raise broken(file, "it is not whole.") from error
    except FileNotFoundError as error:
        raise broken(file, "it has no list of what is in it.") from error
    return manifest


def signature(manifest: dict[str, Any], *, key: str) -> str:
    """Give the manifest's signature: HMAC-SHA-256 over all else in it."""
    rest = {name: manifest[name] for name in manifest if name != "signature"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return hmac.new(f"backup:{key}".encode(), text.encode(), "sha256").hexdigest()


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def encrypt(source: Path, target: Path, recipient: str) -> None:
    """Encrypt a file to an age recipient (age1…)."""
    try:
        to = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise BackupError(
            "This is no age key to encrypt to. It starts with age1 and is what "
            "age-keygen prints as the public key."
        ) from error
    pyrage.encrypt_file(str(source), str(target), [to])


def decrypt(source: Path, target: Path, identity: Path | None) -> None:
    """Decrypt a file with the identity in a file (AGE-SECRET-KEY-1…)."""
    if identity is None:
        raise BackupError(
            f"{source} is encrypted. Name the file with its secret key: --identity FILE."
        )
    try:
        words = identity.read_text().splitlines()
        found = next(word for word in words if word.startswith("AGE-SECRET-KEY-"))
        own = pyrage.x25519.Identity.from_str(found.strip())
        pyrage.decrypt_file(str(source), str(target), [own])
    except (OSError, StopIteration, pyrage.IdentityError) as error:
        raise BackupError(f"There is no age secret key in {identity}.") from error
    except pyrage.DecryptError as error:
        raise broken(source, "it does not open with this key.") from error


def is_encrypted(file: Path) -> bool:
    """Whether a file is age's."""
    with file.open("rb") as opened:
        return opened.read(len(AGE_HEAD)) == AGE_HEAD


def put(source: Path, target: Path, recipient: str | None) -> None:
    """Move a finished file into place in one step, encrypted where a key is given."""
    part = target.with_name(f"{target.name}.part")
    try:
        if recipient:
            encrypt(source, part, recipient)
        else:
            with source.open("rb") as read, _private(part) as write:
                while chunk := read.read(CHUNK_BYTES):
                    write.write(chunk)
        part.chmod(0o600)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def _extract(tar: tarfile.TarFile, folder: Path) -> None:
    """Take plain files out, by names that stay inside (Python 3.11.2 has no filter)."""
    for member in tar:
        target = (folder / member.name).resolve()
        if not member.isreg() or not target.is_relative_to(folder.resolve()):
            raise tarfile.ExtractError(member.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        content = tar.extractfile(member)
        if content is not None:
            with content, target.open("wb") as file:
                shutil.copyfileobj(content, file, CHUNK_BYTES)


def _private(path: Path) -> Any:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(handle, "wb")


def _check_signature(file: Path, manifest: dict[str, Any], keys: Iterable[str]) -> None:
    if manifest["format"] > FORMAT:
        raise BackupError(
            f"{file} was made by a newer version of The Deal. Restore it with that one."
        )
    given = str(manifest["signature"])
    if not any(hmac.compare_digest(given, signature(manifest, key=k)) for k in keys):
        raise BackupError(
            f"{file} was changed, or was made by another installation. For another "
            "installation's, name its file of keys: --keys FILE."
        )


def _check_members(file: Path, folder: Path, members: dict[str, str]) -> None:
    there = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    if there != {MANIFEST, *members}:
        raise broken(file, "what is in it is not what it lists.")
    for name, wanted in members.items():
        if digest_of(folder / name) != wanted:
            raise broken(file, f"{name} is not as it was.")
