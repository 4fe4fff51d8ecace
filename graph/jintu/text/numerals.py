"""Turn numerals as written, of any width and script, into exact numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

MULTIPLIERS = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "十万": Decimal(10**5),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "亿": Decimal(10**8),
    "百亿": Decimal(10**10),
    "千亿": Decimal(10**11),
    "万亿": Decimal(10**12),
}
DIGITS = dict(zip("零〇一二两三四五六七八九", map(Decimal, "001223456789"), strict=True))
SHORT = MULTIPLIERS | DIGITS
CHINESE = "〇零一二两三四五六七八九十百千万亿"
WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ％．－～]")


def narrow(text: str) -> str:
    """Write full-width letters, digits, points, dashes and per cent signs at half width; every offset stays.

    >>> narrow("增长１２．５％")
    '增长12.5%'
    """
    return WIDE.sub(lambda wide: chr(ord(wide[0]) - 0xFEE0), text)


@lru_cache(maxsize=4096)
def numeral(written: str) -> Decimal | None:
    """Return the exact number that a numeral writes, or None where it is none.

    >>> numeral("1,527"), numeral("三百二十"), numeral("１．５"), numeral("千"), numeral("第")
    (Decimal('1527'), Decimal('320'), Decimal('1.5'), Decimal('1000'), None)
    """
    plain = narrow(written).replace(",", "")
    if plain.isascii():
        return _decimal(plain)
    if plain in SHORT:
        return SHORT[plain]
    if plain == "" or any(c not in CHINESE for c in plain):
        return None
    return _chinese(plain)


def _decimal(plain: str) -> Decimal | None:
    whole, _, part = plain.partition(".")
    return Decimal(plain) if whole.isdigit() and (part.isdigit() or "." not in plain) else None


def _chinese(plain: str) -> Decimal | None:
    from cn2an import cn2an  # noqa: PLC0415  # its import takes 0.1 s, which most documents do not need

    plain = plain.replace("两", "二").replace("〇", "零")
    try:
        return Decimal(str(cn2an("一" + plain if plain[0] == "十" else plain, "normal")))
    except (KeyError, ValueError):  # cn2an 0.5 raises one or the other on what is no numeral (一亿一, 零二十)
        return None
