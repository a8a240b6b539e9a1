"""How the kiosk looks: tokens, style sheet, fonts and icons.

A widget says what it is through the dynamic properties `role` and `tone`; resources/theme/kiosk.qss says how
that looks.
No screen sets a colour, a font or a border of its own.
"""

from station_app.theme.apply import apply_theme
from station_app.theme.fonts import load_rare_fonts
from station_app.theme.icons import Room, icon, pixmap
from station_app.theme.roles import Role, Tone, set_role, set_tone
from station_app.theme.scale import px

__all__ = [
    "Role",
    "Room",
    "Tone",
    "apply_theme",
    "icon",
    "load_rare_fonts",
    "pixmap",
    "px",
    "set_role",
    "set_tone",
]
