"""Finding people by what is remembered of them: a character, pinyin, initials, a number, its last digits."""

from db.search.find import find_people
from db.search.index import forget_people, forget_search, index_people

__all__ = ["find_people", "forget_people", "forget_search", "index_people"]
