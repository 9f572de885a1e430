"""Files of the 車検証閲覧アプリ: both samples whole, the other formats, and what is no such file."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.documents.shaken_file import NO_FILE, TOO_LARGE, ShakenRecord, read_shaken_bytes
from onestop.errors import InvalidInput
from onestop.model.plate import RegistrationNumber
from onestop.model.provenance import MOST_BYTES
from onestop.model.wareki import YearMonth
from onestop.model.words import PartyKind, VehicleClass
from support.shaken import KEI, REGISTERED, as_csv, as_json, as_xml, read_shaken_path, registered, values_of


def test_a_registered_car_is_read_whole() -> None:
    assert read_shaken_path(REGISTERED) == ShakenRecord(
        registration_number=RegistrationNumber("土浦", "300", "す", "12"),
        chassis_number="ABC12-0123456",
        officially_stamped=False,
        vehicle_class=VehicleClass.REGISTERED,
        vehicle_kind="普通",
        use="乗用",
        private_or_business="自家用",
        body_shape="箱型",
        vehicle_name="トヨタ",
        model_code="XAA-ABC12",
        engine_model="9ZZ-TST",
        type_designation="99999",
        classification_number="0001",
        first_registration=YearMonth(2021, 12),
        expiry_date=dt.date(2026, 12, 5),
        capacity=5,
        max_load_kg=None,
        weight_kg=1380,
        gross_weight_kg=1655,
        length_cm=457,
        width_cm=176,
        height_cm=147,
        displacement="1.79 L",
        fuel="ガソリン",
        ff_axle_kg=840,
        fr_axle_kg=None,
        rf_axle_kg=None,
        rr_axle_kg=540,
        owner_name="合成自動車販売株式会社",
        owner_address1="茨城県古河市試験町",
        owner_address2="１丁目２－３",
        user_is_owner=False,
        user_name="髙橋花子",
        user_address1="茨城県古河市見本",
        user_address2="４５－６",
        user_kind=PartyKind.PERSON,
        base_location="茨城県古河市見本４５－６",
        certificate_number="999260000001",
        car_id="T0000AA0000001",
        certificate_issued_on=dt.date(2024, 12, 5),
        recorded_on=dt.date(2024, 12, 5),
        registered_on=dt.date(2021, 12, 6),
        note_info="［土浦］，継続検査\n自動車重量税額　￥２４，６００\n（合成データ）",
        notices=(),
        partial=False,
    )


def test_a_kei_car_is_read_with_its_user_as_owner() -> None:
    record = read_shaken_path(KEI)
    assert record.vehicle_class is VehicleClass.KEI
    assert record.registration_number == RegistrationNumber("水戸", "580", "す", "123")
    assert record.chassis_number == "KK11S-123456"
    assert record.user_is_owner
    assert record.owner_name == record.user_name == "見本太郎"
    assert record.owner_address1 == record.user_address1 == record.base_location == "茨城県水戸市試験町１－２"
    assert record.first_registration == YearMonth(2013, 6)
    assert record.expiry_date == dt.date(2026, 12, 9)
    assert (record.ff_axle_kg, record.rr_axle_kg, record.displacement) == (500, 330, "0.65 L")
    assert (record.recorded_on, record.registered_on) == (dt.date(2024, 12, 10), dt.date(2024, 12, 10))
    assert record.notices == ()


@pytest.mark.parametrize("path", [REGISTERED, KEI])
def test_csv_and_xml_say_the_same_as_json(path: Path) -> None:
    values = values_of(path)
    expected = read_shaken_path(path)
    assert read_shaken_bytes(as_csv(values, "utf-8-sig")) == expected
    assert read_shaken_bytes(as_csv(values, "cp932")) == expected
    assert read_shaken_bytes(as_xml(values, "utf-8")) == expected
    assert read_shaken_bytes(as_xml(values, "utf-16")) == expected
    assert read_shaken_bytes(as_xml(values, "cp932")) == expected
    assert read_shaken_bytes(json.dumps(values).encode()) == expected


def test_nothing_personal_stands_in_the_representation() -> None:
    shown = repr(read_shaken_path(REGISTERED))
    for secret in ("髙橋花子", "合成自動車", "古河", "ABC12-0123456", "T0000AA"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空です"),
        (b"\xef\xbb\xbf \r\n", "空です"),
        (b"\x80\x81\xff\xfe\xa0", "文字として読めません"),
        (b"\xff\xfe\x00\xd8\x00", "文字として読めません"),
        (b'{"CertInfo": {"CarNo": ', "JSONとして読めません"),
        (b"[" * 100_000, "JSONとして読めません"),
        (b"[1]", "アプリのJSONではありません"),
        (b'{"CertInfo": 3}', "CertInfoがありません"),
        (b'{"CertInfo": {}}', "登録番号も車台番号もありません"),
        (b'{"name": "something"}', "登録番号も車台番号もありません"),
        (b"<CertInfo><CarNo>A</CarNo>", "XMLとして読めません"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><CertInfo><CarNo>&a;</CarNo></CertInfo>', "文書型宣言"),
        (b"CarNo,Model\n", "見出しの行と値の行"),
        (b"name,age\nTaro,3\n", "登録番号も車台番号もありません"),
        (b'CarNo\n"' + b"x" * 200_000 + b'"\n', "CSVとして読めません"),
        (b" " * (MOST_BYTES + 1), "大きすぎます"),
    ],
)
def test_what_is_no_file_of_the_app_is_refused_in_japanese(content: bytes, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_shaken_bytes(content)
    (problem,) = caught.value.problems
    assert problem.field == "file"
    assert said in problem.message


def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.json", tmp_path):
        with pytest.raises(InvalidInput) as caught:
            read_shaken_path(path)
        assert "開けません" in caught.value.problems[0].message


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(b" " * (MOST_BYTES + 1))
    with pytest.raises(InvalidInput) as refused:
        read_shaken_path(path)
    assert refused.value.problems[0].message == TOO_LARGE


def test_an_unknown_version_is_said_and_read() -> None:
    record = read_shaken_bytes(as_json(values_of(REGISTERED), version="2.0"))
    assert record.chassis_number == "ABC12-0123456"
    assert "バージョン「2.0」" in record.notices[0]


def test_unknown_and_odd_values_are_said() -> None:
    record = registered(NewKey="x", EmptyKey="", Use=None, Cap=5, FuelClass=["a"], CarShape=True, CarName="\ud800ト")
    assert (record.use, record.capacity, record.fuel, record.body_shape) == ("", 5, "", "")
    assert record.vehicle_name == "?ト"
    assert any("NewKey" in notice and "EmptyKey" not in notice for notice in record.notices)
    for key in ("FuelClass", "CarShape", "CarName"):
        assert any(key in notice for notice in record.notices)


def test_a_csv_of_two_cars_and_a_ragged_one_are_said() -> None:
    content = as_csv(values_of(REGISTERED), "utf-8")
    assert any("2台目から" in notice for notice in read_shaken_bytes(content + b"a,b\r\n").notices)
    assert any("列、値は" in notice for notice in read_shaken_bytes(content.rstrip() + b",extra\r\n").notices)


def test_the_same_xml_key_twice_is_said() -> None:
    xml = b"<R><CarNo>A-1</CarNo><CarNo>A-2</CarNo><CarNo>A-1</CarNo><Use/></R>"
    record = read_shaken_bytes(xml)
    assert record.chassis_number == "A-1"
    assert sum("CarNoが2つ" in notice for notice in record.notices) == 1


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_invalid_input(content: bytes) -> None:
    with contextlib.suppress(InvalidInput):
        assert isinstance(read_shaken_bytes(content), ShakenRecord)


KEYS = sorted(values_of(REGISTERED) | values_of(KEI))


ODD = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["＊＊＊", "-", "999999", "9999", "使用者に同じ", "元", "（１）", "土浦　　３００す　　１２"]),
    st.integers(),
    st.none(),
    st.floats(),
)


def printable(value: object) -> str:
    return "".join(character for character in str(value) if character.isprintable())


@given(st.dictionaries(st.sampled_from(KEYS), ODD, max_size=30), st.sampled_from([REGISTERED, KEI]))
def test_no_values_raise_anything_but_invalid_input(changes: dict[str, Any], path: Path) -> None:
    values = values_of(path) | changes
    texts = {key: printable(value) for key, value in values.items()}
    for content in (as_json(values), as_csv(texts, "utf-8"), as_xml(texts, "utf-8")):
        with contextlib.suppress(InvalidInput):
            assert all(isinstance(notice, str) for notice in read_shaken_bytes(content).notices)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices have no path there")
def test_a_pipe_or_a_device_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "a.json"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), Path("/dev/tty"), tmp_path):
        with pytest.raises(InvalidInput) as refused:
            read_shaken_path(path)
        assert refused.value.problems[0].message in (NO_FILE, "ファイルを開けません。")


def test_a_value_that_nobody_could_read_is_left_out_and_said() -> None:
    record = registered(CarName="A" * 1_000_000, NoteInfo="備" * 4_000)
    assert (record.vehicle_name, len(record.note_info)) == ("", 4_000)
    assert "車名は長すぎるため(1,000,000文字)、取り込みませんでした。" in record.notices


def test_however_much_a_file_brings_little_is_said_of_it() -> None:
    strange = {f"Unknown{number}{'x' * 1_000}": "A" * 5_000 for number in range(120)}
    notices = registered(**strange).notices
    assert len(notices) == 31
    assert notices[-1] == "ほかに90件あります。"
    assert max(map(len, notices)) < 500
    few = {f"Unknown{number}{'x' * 1_000}": "あ" for number in range(12)}
    (said,) = registered(**few).notices
    assert said.endswith("、ほか2項目")
    assert len(said) < 600


def test_signs_that_nobody_sees_are_named_and_kept() -> None:
    record = registered(CarName="トヨタ\u200b")
    assert record.vehicle_name == "トヨタ\u200b"
    assert record.notices == ("車名: 見えない文字「⟨U+200B⟩」が入っています。要らないときは、入力し直してください。",)
