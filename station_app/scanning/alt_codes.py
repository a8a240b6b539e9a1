"""Characters that scanners type as Alt and a number on the number pad, to be independent of the keyboard's
layout.
"""

_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = 0x4E00, 0x9FFF


def character_of(digits: str) -> str:
    """The character that Windows makes of Alt and `digits`; "" where there is none.

    Below 256 a leading zero means code page 1252 and none means 437. Above, scanners send Unicode or GB 18030
    (as a Chinese Windows understands it): the numbers of Unicode's ideographs are taken as such, since in GB
    18030 they are characters that hardly anyone uses.
    """
    number = int(digits)
    if number < 256:
        return bytes((number,)).decode("cp1252" if digits.startswith("0") else "cp437", errors="ignore")
    if _FIRST_IDEOGRAPH <= number <= _LAST_IDEOGRAPH or number > 0xFFFF:
        return chr(number) if number <= 0x10FFFF else ""
    return number.to_bytes(2, "big").decode("gb18030", errors="ignore")
