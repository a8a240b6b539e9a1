"""Reading a roster's file: CSV in UTF-8 or GB18030, with Chinese or English column names."""

import csv
from collections.abc import Iterator
from pathlib import Path

from city_server.errors import CityError
from station_core.people.typed import compact

NAMES: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "会员姓名"),
    "id_number": ("身份证号", "身份证号码", "公民身份号码", "证件号码"),
    "phone": ("手机", "手机号", "手机号码", "联系电话", "电话"),
    "occupation": ("职业", "职业类别", "职业群体", "工种"),
    "employer": ("单位", "工作单位", "单位名称", "工作单位或平台", "平台"),
    "union": ("工会", "所属工会", "工会组织", "工会编码"),
    "district": ("区县", "所属区县", "行政区划", "行政区划代码", "地区"),
    "member_no": ("会员号", "会员编号", "会员卡号", "会员证号"),
    "household": ("家庭", "家庭编号", "户号"),
    "groups": ("人群", "群体", "人员类别", "标签"),
}
"""Every column that is read, with what else it may be called."""

REQUIRED = ("name",)
IDENTIFYING = ("id_number", "member_no")
_COLUMNS = {called: column for column, others in NAMES.items() for called in (column, *others)}

Cells = dict[str, str]


def read_rows(file: Path) -> Iterator[tuple[int, Cells]]:
    """(line number, cells by column) of each line that is not blank. Cells of unknown columns are passed over.

    Raises CityError: no_file, not_text, not_a_table, no_such_column, column_twice.
    """
    encoding = _encoding_of(file)
    with file.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream)
        try:
            columns = _header(next(reader, []))
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    found = zip(columns, cells, strict=False)
                    yield reader.line_num, {column: cell.strip() for column, cell in found if column}
        except csv.Error:
            raise CityError("not_a_table", file=str(file), line=reader.line_num) from None


def _encoding_of(file: Path) -> str:
    """UTF-8 (with or without a mark) where it is valid as such, else GB18030, which GB 2312 and GBK are parts of."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with file.open(encoding=encoding, newline="") as stream:
                while stream.read(1 << 20):
                    pass
        except UnicodeDecodeError:
            continue
        except OSError:
            raise CityError("no_file", file=str(file)) from None
        return encoding
    raise CityError("not_text", file=str(file))


def _header(cells: list[str]) -> list[str | None]:
    columns = [_COLUMNS.get(compact(cell).lower()) for cell in cells]
    named = [column for column in columns if column]
    for column in REQUIRED:
        if column not in named:
            raise CityError("no_such_column", column=f"{NAMES[column][0]} / {column}")
    if not any(column in named for column in IDENTIFYING):
        raise CityError("no_such_column", column=" / ".join((NAMES["id_number"][0], *IDENTIFYING)))
    for column in named:
        if named.count(column) > 1:
            raise CityError("column_twice", column=f"{NAMES[column][0]} / {column}")
    return columns
