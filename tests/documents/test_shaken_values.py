"""Values in files of the 車検証閲覧アプリ: owners behind stars, contradictions, what is missing, and odd figures."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.documents.shaken_file import BRACKETED, ShakenRecord, read_shaken_bytes
from onestop.model.plate import RegistrationNumber
from onestop.model.wareki import YearMonth
from onestop.model.words import PartyKind, VehicleClass
from support.shaken import KEI, REGISTERED, as_csv, kei, registered, values_of

if TYPE_CHECKING:
    from pathlib import Path


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


def resaved(path: Path, encoding: str = "cp932", **changes: str) -> ShakenRecord:
    """Read a sample that a spreadsheet saved as CSV, which changed some values."""
    return read_shaken_bytes(as_csv(values_of(path) | changes, encoding))


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
def test_t82_zeros_that_a_spreadsheet_dropped_are_put_back_with_a_notice(encoding: str) -> None:
    record = resaved(REGISTERED, encoding, ClassifyAroundNo="1", ModelSpecifyNo="1234")
    assert (record.type_designation, record.classification_number) == ("01234", "0001")
    assert record.notices == (
        "型式指定番号「1234」の先頭の0が落ちていたため、「01234」として取り込みました。",
        "類別区分番号「1」の先頭の0が落ちていたため、「0001」として取り込みました。",
    )


@pytest.mark.parametrize(("path", "mark"), [(REGISTERED, "1"), (KEI, "2")])
def test_t82_the_mark_of_a_kei_is_put_back_too(path: Path, mark: str) -> None:
    record = resaved(path, RegistCarLightCar=mark)
    assert record.vehicle_class is (VehicleClass.KEI if mark == "2" else VehicleClass.REGISTERED)
    assert record.notices == (
        f"登録車/軽自動車の別「{mark}」の先頭の0が落ちていたため、「0{mark}」として取り込みました。",
    )


def test_a_spreadsheet_may_leave_blanks_empty_lines_and_columns_behind() -> None:
    lines = as_csv(values_of(KEI), "cp932").splitlines()
    left = b",,\r\n".join([*lines, b"," * 20, b""])
    assert read_shaken_bytes(left).chassis_number == "KK11S-123456"
    assert read_shaken_bytes(b"\r\n" + left).notices == ()


def test_t82_its_brothers_are_put_back_too() -> None:
    record = resaved(KEI, ElectCertMgNo="103230000457", TwodimensionCodeInfoFirstexamdate="306", **OLD_KEI_OF_NOTHING)
    assert (record.certificate_number, record.first_registration) == ("0103230000457", YearMonth(2003, 6))
    assert [notice.partition("「")[0] for notice in record.notices] == ["電子車検証管理番号", "初度検査年月"]
    year = resaved(KEI, TwodimensionCodeInfoFirstexamdate="0", **OLD_KEI_OF_NOTHING)
    assert year.first_registration == YearMonth(2000, 0)


@pytest.mark.parametrize(("written", "asks"), [("0300", False), ("0400", True)])
def test_a_month_is_asked_for_since_2004(written: str, asks: bool) -> None:  # noqa: FBT001 - a row
    record = resaved(KEI, TwodimensionCodeInfoFirstexamdate=written, **OLD_KEI_OF_NOTHING)
    assert record.first_registration == YearMonth(2000 + int(written[:2]), 0)
    assert any("月がありません" in notice for notice in record.notices) is asks


@pytest.mark.parametrize("figure", ["9.9926E+11", "9.9926e+11", "１．０Ｅ＋１１", " 1E+11 "])
def test_t82_a_figure_that_a_spreadsheet_rounded_is_refused_with_the_reason(figure: str) -> None:
    record = resaved(REGISTERED, ElectCertMgNo=figure, CarNo=figure)
    assert record.certificate_number == ""
    assert record.chassis_number == "ABC12-0123456"
    assert len(record.notices) == 2
    assert f"電子車検証管理番号「{figure.strip()}」は、表計算ソフトの保存で桁" in record.notices[0]


OLD_KEI_OF_NOTHING = {"FirstexamdateE": "", "FirstexamdateY": "", "FirstexamdateM": ""}
OLD_KEI = {"FirstexamdateE": "平成", "FirstexamdateY": "12", "FirstexamdateM": ""}


@pytest.mark.parametrize("month", ["", "  ", "0", "00", "-", "－"])
@pytest.mark.parametrize("code", ["0000", "00", "-", ""])
def test_t27_a_year_of_old_without_a_month_is_kept(month: str, code: str) -> None:
    record = kei(**OLD_KEI | {"FirstexamdateM": month}, TwodimensionCodeInfoFirstexamdate=code)
    assert record.first_registration == YearMonth(2000, 0)
    assert record.notices == ()


def test_t27_the_code_alone_has_the_year_too_and_a_month_wins() -> None:
    nothing = dict.fromkeys(OLD_KEI, "")
    for code, year in (("00", 2000), ("9900", 1999), ("99", 1999)):
        assert kei(**nothing, TwodimensionCodeInfoFirstexamdate=code).first_registration == YearMonth(year, 0)
    assert kei(**nothing, TwodimensionCodeInfoFirstexamdate="9999").first_registration is None
    assert kei(**OLD_KEI, TwodimensionCodeInfoFirstexamdate="0006").first_registration == YearMonth(2000, 6)
    other = kei(**OLD_KEI, TwodimensionCodeInfoFirstexamdate="0106")
    assert (other.first_registration, len(other.notices)) == (YearMonth(2000, 0), 1)


def test_a_day_that_there_is_not_is_told_with_its_reason() -> None:
    days = {"TwodimensionCodeInfoValidPeriodExpirdate": "999999", "ValidPeriodExpirdateE": "令和"}
    record = registered(**days, ValidPeriodExpirdateY="9", ValidPeriodExpirdateM="2", ValidPeriodExpirdateD="30")
    assert record.expiry_date is None
    assert any(each.endswith(": 2027年2月30日という日はありません。") for each in record.notices)


def test_t27_a_month_that_must_be_there_is_asked_for() -> None:
    record = kei(**OLD_KEI | {"FirstexamdateY": "25"}, TwodimensionCodeInfoFirstexamdate="-")
    assert record.first_registration == YearMonth(2013, 0)
    assert record.notices == ("初度検査年月は「平成25年」だけで、月がありません。車検証を見て入力してください。",)
    unread = kei(**OLD_KEI | {"FirstexamdateE": "慶応"}, TwodimensionCodeInfoFirstexamdate="-")
    assert unread.first_registration is None
    assert unread.notices == ("初度検査年月「慶応12」は年月として読めませんでした。",)


def test_t01_a_plate_with_a_mark_of_two_characters_is_read() -> None:
    for written in ("多摩　　　　Ｃあ　１２３４", "多摩　Ｃ　あ　１２３４"):
        record = registered(
            EntryNoCarNo=written,
            TwodimensionCodeInfoEntryNoCarNo="-",
            CarKind="小型",
            CarShape="オートバイ",
        )
        assert record.registration_number == RegistrationNumber("多摩", "", "Cあ", "1234")
        assert record.vehicle_class is VehicleClass.MOTORCYCLE
        assert record.notices == ()


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
    days = "有効期間の満了する日が2通りあります: 2027/12/31 と 2026/12/05。初めの方を取り込みました。"
    assert days in record.notices
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


def test_v23_a_bracketed_upper_line_says_that_airas_does_not_take_the_car() -> None:
    shape = {"CarKind": "大型特殊", "CarShape": "フォークリフト"}
    assert BRACKETED in registered(**shape, NoteCarWgt="（３，２００）").notices
    assert BRACKETED not in registered(**shape, CarWgt="3000(3200)").notices  # at the right side it may
    assert BRACKETED not in registered(**shape, NoteCarWgt="注").notices
    assert BRACKETED not in kei(NoteCarWgt="（８４０）").notices


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


def test_form_letters_of_the_base_location() -> None:
    assert registered(UseheadqrterChar="東京都", UseheadqrterNumValue="１").base_location == "東京都１"
    assert kei(Useheadqrter="北海道").base_location == "北海道"
