"""The window around all pages: top bar, navigation, messages and the strip of states at the foot."""
