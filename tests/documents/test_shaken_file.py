"""Files of the 車検証閲覧アプリ: both samples whole, the other formats, and everything that can be wrong with them."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.documents.shaken_file import MAX_BYTES, ShakenRecord, read_shaken_bytes, read_shaken_path
from onestop.errors import InvalidInput
from onestop.model.plate import RegistrationNumber
from onestop.model.wareki import YearMonth
from onestop.model.words import PartyKind, VehicleClass

DATA = Path(__file__).parent / "data"
REGISTERED = DATA / "shaken_sample_registered_synthetic.json"
KEI = DATA / "shaken_sample_kei_synthetic.json"


def values_of(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["CertInfo"]
    return values


def as_json(values: dict[str, Any], version: str = "1.0") -> bytes:
    return json.dumps({"CertInfoImportFileVersion": version, "CertInfo": values}).encode()


def as_csv(values: dict[str, Any], encoding: str) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(values)
    writer.writerow(values.values())
    return file.getvalue().encode(encoding)


def as_xml(values: dict[str, Any], encoding: str) -> bytes:
    inner = "".join(f"<v:{key}>{escape(value)}</v:{key}>" for key, value in values.items())
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    return f'{declaration}\n<v:Root xmlns:v="urn:x"><v:CertInfo>{inner}</v:CertInfo></v:Root>'.encode(encoding)


def registered(**changes: object) -> ShakenRecord:
    return read_shaken_bytes(as_json(values_of(REGISTERED) | changes))


def kei(**changes: object) -> ShakenRecord:
    return read_shaken_bytes(as_json(values_of(KEI) | changes))


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
        owner_plain_name="合成自動車販売株式会社",
        owner_address1="茨城県古河市試験町",
        owner_address2="１丁目２－３",
        user_is_owner=False,
        user_name="髙橋花子",
        user_plain_name="高橋花子",
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
        (b" " * (MAX_BYTES + 1), "大きすぎます"),
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


def test_an_unknown_version_is_said_and_read() -> None:
    record = read_shaken_bytes(as_json(values_of(REGISTERED), version="2.0"))
    assert record.chassis_number == "ABC12-0123456"
    assert "バージョン「2.0」" in record.notices[0]


@pytest.mark.parametrize("owner_as_is", ["＊＊＊", "***"])
def test_a_user_of_three_stars_is_the_owner(owner_as_is: str) -> None:
    record = registered(
        UsernameLowLevelChar=owner_as_is,
        UsernameHighLevelChar=owner_as_is,
        UserAddressChar=owner_as_is,
        UserAddressNumValue="",
    )
    assert record.user_is_owner
    assert record.user_name == "合成自動車販売株式会社"
    assert (record.user_address1, record.user_address2) == ("茨城県古河市試験町", "１丁目２－３")
    assert record.user_kind is PartyKind.COMPANY


def test_a_user_of_three_stars_without_an_address_lives_with_the_owner() -> None:
    stars = {"UsernameLowLevelChar": "＊＊＊", "UsernameHighLevelChar": "＊＊＊"}
    record = registered(**stars, UserAddressChar="", UserAddressNumValue="")
    assert record.user_is_owner
    assert record.user_address1 == "茨城県古河市試験町"


def test_the_owner_at_another_address_is_written_out() -> None:
    stars = {"UsernameLowLevelChar": "＊＊＊", "UsernameHighLevelChar": "＊＊＊"}
    record = registered(**stars)
    assert not record.user_is_owner
    assert (record.user_name, record.user_address1) == ("合成自動車販売株式会社", "茨城県古河市見本")
    same = registered(**stars, UserAddressChar="茨城県古河市試験町", UserAddressNumValue="１丁目２－３")
    assert same.user_is_owner


def test_stars_on_both_sides_are_nothing() -> None:
    record = kei(
        OwnernameHighLevelChar="", UsernameLowLevelChar="使用者に同じ", UsernameHighLevelChar="", UserAddress="＊＊＊"
    )
    assert record.user_name == ""
    assert "使用者の氏名・名称がありません。" in record.notices


def test_with_form_b_the_owner_stands_in_the_note() -> None:
    blank = {"OwnernameLowLevelChar": "", "OwnernameHighLevelChar": "", "OwnerAddressChar": "", "FormType": "Ｂ"}
    note = "［土浦］\n所有者の氏名又は名称　合成リース株式会社\n所有者の住所　茨城県水戸市試験町１\n"
    record = registered(**blank, NoteInfo=note)
    assert (record.owner_name, record.owner_address1) == ("合成リース株式会社", "茨城県水戸市試験町１")
    assert record.user_name == "髙橋花子"
    assert any("帳票種別Ｂ" in notice for notice in record.notices)
    assert registered(**blank, NoteInfo="所有者の氏名：甲\n").owner_address1 == ""
    unread = registered(**blank, NoteInfo="なし")
    assert unread.owner_name == ""
    assert any("備考を見て入力" in notice for notice in unread.notices)


def test_the_hidden_expiry_is_taken_from_the_printed_one() -> None:
    assert registered(TwodimensionCodeInfoValidPeriodExpirdate="999999").expiry_date == dt.date(2026, 12, 5)


def test_contradictions_are_said_and_the_two_dimensional_code_wins() -> None:
    record = registered(
        TwodimensionCodeInfoValidPeriodExpirdate="271231",
        TwodimensionCodeInfoCarNo="XYZ99-1",
        TwodimensionCodeInfoEntryNoCarNo="水戸　　３００す　　１２",
        TwodimensionCodeInfoFirstregistdate="2001",
        CarWgt="1381",
    )
    assert record.expiry_date == dt.date(2027, 12, 31)
    assert record.chassis_number == "XYZ99-1"
    assert record.registration_number == RegistrationNumber("水戸", "300", "す", "12")
    assert record.first_registration == YearMonth(2021, 12)
    beginnings = [notice[:6] for notice in record.notices]
    assert beginnings == ["登録番号が2", "車台番号が2", "初度登録年月", "有効期間の満", "車両重量13", "車両総重量1"]


def test_what_is_missing_is_said() -> None:
    record = registered(
        TwodimensionCodeInfoEntryNoCarNo="-",
        EntryNoCarNo="",
        TwodimensionCodeInfoValidPeriodExpirdate="999999",
        **{f"ValidPeriodExpirdate{sign}": "" for sign in "EYMD"},
        ClassifyAroundNo="",
        TwodimensionCodeInfoModelSpecifyNoClassifyAroundNo="",
    )
    assert record.registration_number is None
    assert record.expiry_date is None
    assert "登録番号がありません。" in record.notices
    assert any("満了する日がありません" in notice for notice in record.notices)
    assert any("一方だけ" in notice for notice in record.notices)


def test_what_cannot_be_read_is_said_with_what_stands_there() -> None:
    record = registered(
        EntryNoCarNo="読めない番号",
        TwodimensionCodeInfoEntryNoCarNo="",
        TwodimensionCodeInfoValidPeriodExpirdate="261399",
        ValidPeriodExpirdateE="慶応",
        FirstregistdateM="13",
        TwodimensionCodeInfoFirstregistdate="2113",
        Cap="五",
        ElectCertPublishdateY="",
    )
    assert (record.registration_number, record.expiry_date, record.first_registration) == (None, None, None)
    assert (record.capacity, record.certificate_issued_on) == (None, None)
    for part in ("「読めない番号」", "「261399」", "「慶応8125」", "「令和313」", "「2113」", "「五」", "「令和125」"):
        assert any(part in notice for notice in record.notices), part


def test_the_first_year_of_an_era_and_years_before_2000() -> None:
    first = {"FirstregistdateE": "平　成", "FirstregistdateY": "元", "FirstregistdateM": " 1"}
    record = registered(**first, TwodimensionCodeInfoFirstregistdate="8901")
    assert record.first_registration == YearMonth(1989, 1)
    coded = registered(
        FirstregistdateE="", FirstregistdateY="", FirstregistdateM="", TwodimensionCodeInfoFirstregistdate="6912"
    )
    assert coded.first_registration == YearMonth(2069, 12)
    assert registered(TwodimensionCodeInfoFirstregistdate="9999").first_registration == YearMonth(2021, 12)


def test_complex_figures_give_their_first_number() -> None:
    record = registered(CarTotalWgt="20000(18000)", Maxloadage="1,000", NoteMaxloadage="［９００］", Length="457.0")
    assert (record.gross_weight_kg, record.max_load_kg, record.length_cm) == (20000, 1000, 457)
    assert any("20000(18000)" in notice for notice in record.notices)
    assert any("最大積載量に注記「［９００］」" in notice for notice in record.notices)
    assert not any("計算した" in notice for notice in record.notices)


def test_missing_axle_weights_come_from_the_code_in_tens() -> None:
    record = registered(FfAxWgt="", RrAxWgt="-")
    assert (record.ff_axle_kg, record.fr_axle_kg, record.rr_axle_kg) == (840, None, 540)


def test_a_stamped_number_is_kept_with_its_kanji() -> None:
    record = registered(CarNo="国［４１］１２３４５国", TwodimensionCodeInfoCarNo="[41]12345")
    assert record.chassis_number == "国[41]12345国"
    assert record.officially_stamped
    assert record.notices == ()


def test_one_chassis_number_is_enough() -> None:
    assert registered(TwodimensionCodeInfoCarNo="").chassis_number == "ABC12-0123456"
    assert registered(CarNo="").chassis_number == "ABC12-0123456"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"CarShape": "オートバイ"}, VehicleClass.MOTORCYCLE),
        ({"CarShape": "側車付二輪"}, VehicleClass.MOTORCYCLE),
        (
            {
                "CarKind": "小　型",
                "EntryNoCarNo": "札幌　　　　　お　２９９４",
                "TwodimensionCodeInfoEntryNoCarNo": "札幌　　　　　お２９９４",
            },
            VehicleClass.MOTORCYCLE,
        ),
        ({"CarKind": "小　型"}, VehicleClass.REGISTERED),
        ({"RegistCarLightCar": "", "CarKind": "軽自動車"}, VehicleClass.KEI),
        ({"RegistCarLightCar": "09"}, VehicleClass.REGISTERED),
    ],
)
def test_the_class_of_the_vehicle(changes: dict[str, str], expected: VehicleClass) -> None:
    record = registered(**changes)
    assert record.vehicle_class is expected
    assert any("登録車/軽自動車の別" in notice for notice in record.notices) is ("RegistCarLightCar" in changes)


def test_displacement_carries_its_unit() -> None:
    assert registered(FuelClass="電気", Displacement="80").displacement == "80"
    assert kei(FuelClass="電気", Displacement="20", DisplacementUnit="kW").displacement == "20 kW"
    assert registered(Displacement="-").displacement == ""


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


def test_form_letters_of_the_base_location() -> None:
    assert registered(UseheadqrterChar="東京都", UseheadqrterNumValue="１").base_location == "東京都１"
    assert kei(Useheadqrter="北海道").base_location == "北海道"


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
