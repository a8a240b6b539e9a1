"""Small widgets that several screens are put together from.

They know Qt, the theme and nothing of what they show.
"""
