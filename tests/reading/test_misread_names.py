"""Names that a program read in the wrong encoding are named, and no name that looks right is."""

import random

import pytest
from reading.small_plan import grids, to_folder

from optplan.tables import read_tables
from optplan.tables.misread import misread

COMMON = bytes(byte for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF) for byte in (lead, trail)).decode("gb2312")
MANY = 500


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("涓滃尯", "东区"), ("涓滃尯鍘?", "东区"), ("ä¸œåŒº", "东区"), ("ä¸\x9cå\x8cº", "东区"), ("+ThxTOg-", "东区"), ("&#19996;区", "东区"), ("¶«Çø", "东区"), ("~{6+Gx~}", "东区"),
        ("%E4%B8%9C%E5%8C%BA", "东区"), ("\\u4e1c\\u533a", "东区"),
    ],
)  # fmt: skip
def test_a_name_in_the_wrong_encoding_is_named_with_what_it_was(tmp_path, text, meant):
    tables = grids()
    tables["counties"][1][tables["counties"][0].index("name")] = text
    _, findings = read_tables(to_folder(tables, tmp_path / "plan"))
    assert [(finding.place.row, finding.place.column, finding.code) for finding in findings] == [(2, "name", "cell-misread")]
    for language in ("zh", "en"):
        assert meant in findings[0].message(language)


@pytest.mark.parametrize(
    "name",
    [
        "联通",
        "浠水县",
        "漯河",
        "São Paulo 区",
        "Zürich",
        "Hyvinkää",
        "Åå",
        "A+B-区",
        "50%区",
        "&c. 区",
        "50%",
        "+1-",
        "乌鲁木齐 Ürümqi",
        "C:\\users",
    ],
)
def test_a_name_that_looks_right_is_one(name):
    assert misread(name) is None


def test_chinese_words_are_told_from_misread_ones():
    dice = random.Random(1)
    words = ["".join(dice.choices(COMMON, k=dice.randint(2, 6))) for _ in range(MANY)]
    assert not [word for word in words if misread(word)]
    seen = [misread(word.encode().decode("gb18030", "replace").replace("\ufffd", "?")) for word in words]
    assert sum(map(bool, seen)) > 0.95 * MANY
