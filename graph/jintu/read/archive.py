"""Archives of documents: what is in a .zip file, and how much of it may be taken out.

Nothing is unpacked to disk, so that a member's name never becomes a path there.
"""

from __future__ import annotations

import os
import re
import zlib
from functools import lru_cache
from zipfile import BadZipFile, ZipFile, ZipInfo

from jintu.errors import SourceError

MEMBERS = 100_000  # files in one archive
LARGEST = 256 * 2**20  # bytes of one member
TOTAL = 16 * 2**30  # bytes of all members
RATIO, SMALL = 200, 2**20  # a member above a megabyte that shrank to less than a 200th is made to fill the memory
UTF8_NAME, ENCRYPTED = 0x800, 0x1
DRIVE = re.compile(r"^[A-Za-z]:")
Opened = tuple[ZipFile, dict[str, ZipInfo]]
BROKEN = (BadZipFile, NotImplementedError, OSError, RuntimeError, EOFError, ValueError, zlib.error)


def members(path: str, *, shown: str) -> tuple[str, ...]:
    """Return the names of the files in an archive, in order; those that are no UTF-8 are taken as GB18030.

    Raises:
        SourceError: if it is no archive or made to fill the memory.
    """
    _, infos = _opened(path, shown)
    return tuple(sorted(infos))


def bounded(archive: ZipFile, *, source: str) -> list[ZipInfo]:
    """Return what an archive holds, if the whole of it may be unpacked.

    Raises:
        SourceError: if it holds too many files, too much, or what was packed too small.
    """
    infos = archive.infolist()
    if len(infos) > MEMBERS:
        raise SourceError(f"{source}: holds {len(infos)} files, more than {MEMBERS}; part it")
    if sum(info.file_size for info in infos) > TOTAL:
        raise SourceError(f"{source}: holds over {TOTAL >> 30} GB; part it")
    for info in infos:
        if wrong := _bomb(info):
            raise SourceError(f"{source}: {wrong}; leave it out")
    return infos


def _bomb(info: ZipInfo) -> str:
    if info.file_size > LARGEST:
        return f"holds a file of {info.file_size >> 20} MB, more than {LARGEST >> 20}"
    if info.file_size > max(SMALL, RATIO * info.compress_size):
        return f"holds {info.compress_size} bytes that unpack to {info.file_size}, as only made ones do"
    return ""


def unsafe(name: str) -> str:
    """Tell what is wrong with the name of a member, or nothing.

    >>> unsafe("锦州/2023.html"), unsafe("../2023.html")
    ('', 'its name leads out of the archive')
    """
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or DRIVE.match(name) or ".." in parts:
        return "its name leads out of the archive"
    return "its name holds control characters" if not name.isprintable() else ""


def unpacked(path: str, name: str, *, shown: str) -> bytes:
    """Return the bytes of one member.

    Raises:
        SourceError: if it is encrypted, broken or larger than the archive says.
    """
    archive, infos = _opened(path, shown)
    info = infos.get(name)
    if info is None:
        raise SourceError(f"{shown}: is no longer in the archive; build again")
    if info.flag_bits & ENCRYPTED:
        raise SourceError(f"{shown}: is protected by a password; pack it without one")
    try:
        with archive.open(info) as file:
            return file.read(info.file_size + 1)
    except BROKEN as error:
        raise SourceError(f"{shown}: cannot be unpacked ({error}); pack it again") from None


def _opened(path: str, shown: str) -> Opened:
    try:
        stamp = os.stat(path)
        return _open(path, shown, (stamp.st_size, stamp.st_mtime_ns), os.getpid())
    except BROKEN as error:
        raise SourceError(f"{shown}: is no archive that can be read ({error}); pack it again") from None


@lru_cache(maxsize=4)
def _open(path: str, shown: str, _stamp: tuple[int, int], _process: int) -> Opened:
    """Open an archive once for all its members: each process for itself, and again when the file has changed."""
    archive = ZipFile(path)
    return archive, {_name(info): info for info in bounded(archive, source=shown) if not info.is_dir()}


def _name(info: ZipInfo) -> str:
    """Return a member's name; an archive made by old Chinese programs has it in GBK without saying so."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    raw = info.filename.encode("cp437", "replace")  # as which it was read
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
