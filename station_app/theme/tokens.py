"""Colours and spacing. The names are those that the style sheet uses after an @."""

COLOURS: dict[str, str] = {
    "paper": "#F3F5F7",
    "surface": "#FFFFFF",
    "sunken": "#E9EDF1",
    "line": "#CBD3DB",
    "line-strong": "#7A8794",
    "ink": "#17212B",
    "ink-muted": "#4C5A67",
    "on-strong": "#FFFFFF",
    "primary": "#1A5490",
    "primary-pressed": "#123E6C",
    "primary-soft": "#E2ECF7",
    "focus": "#C25E00",
    "emblem": "#B4231A",
    "good": "#17693A",
    "good-soft": "#E1F2E7",
    "warn": "#7D4C00",
    "warn-strong": "#F5B83D",
    "warn-soft": "#FDF0D2",
    "bad": "#A3211A",
    "bad-soft": "#FBE5E3",
    "info": "#1A5490",
    "info-soft": "#E2ECF7",
}

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink-muted", "paper"),
    ("ink-muted", "surface"),
    ("ink-muted", "sunken"),
    ("primary", "surface"),
    ("primary", "primary-soft"),
    ("on-strong", "primary"),
    ("on-strong", "primary-pressed"),
    ("on-strong", "emblem"),
    ("bad", "surface"),
    ("bad", "paper"),
    *((text, f"{tone}-soft") for text in ("ink", "ink-muted") for tone in ("good", "warn", "bad", "info")),
    *((tone, f"{tone}-soft") for tone in ("good", "warn", "bad", "info")),
    *(("on-strong", tone) for tone in ("good", "bad", "info")),
    ("ink", "warn-strong"),
)
"""Every pair of a text's and its background's colour that the style sheet uses."""

OUTLINE_PAIRS: tuple[tuple[str, str], ...] = (
    ("line-strong", "surface"),
    ("line-strong", "paper"),
    ("focus", "surface"),
    ("focus", "paper"),
)
"""Outlines that tell where something is to be touched or where the focus lies."""

BODY_PX = 17
"""The size of ordinary text at scale 1. The other sizes stand in kiosk.qss."""

TOUCH = 44
"""The least side of anything to be touched, in pixels."""


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, from 0 to 1 (WCAG 2.2, "relative luminance")."""

    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
