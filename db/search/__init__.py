"""Finding people by what is remembered of them: a character, pinyin, initials, a number, its last digits."""

from db.search.find import find_people, people_with_phone
from db.search.index import forget_people, forget_search, index_newcomers, index_people

__all__ = ["find_people", "forget_people", "forget_search", "index_newcomers", "index_people", "people_with_phone"]
