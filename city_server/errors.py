"""Known troubles of the city's side; each has its words in ``city.trouble.<code>``."""


class CityError(Exception):
    """`code` names the words, `params` fill them. Never holds anything about a person."""

    def __init__(self, code: str, /, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
