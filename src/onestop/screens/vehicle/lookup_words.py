"""The columns of 照会, and its sentences."""

from __future__ import annotations

from typing import Final

from onestop.screens.rows import Column

COLUMNS: Final = (
    Column("registration_number", "登録番号", 17),
    Column("vehicle_name", "車名", 10, least=9, may_go=True),
    Column("model_code", "型式", 12, least=9, may_go=True),
    Column("user_name", "使用者", 17, least=11),
    Column("chassis_number", "車台番号", 16, least=13),
    Column("expiry_date", "満了日", 19),
    Column("last_application_date", "最終の検査申請日", 10, broken="最終の\n検査申請日"),
    Column("filing", "申請", 10, least=8),
)
MOST: Final = 200
"""The services bring no more rows than this; a clerk types on rather than reading them."""

PUT_IN: Final = "{car} を保存しました。Enter でワンストップサービスを開きます。"
CLEARED: Final = "(検索の文字は消しました。)"

NO_CAR_THEN: Final = "この日に満了日が来る車両はありません。← → で別の日を選んでください。"
OPENING: Final = "データを開いています。検索の文字もキーも、今から入力できます。"
NOT_OPEN: Final = "データは開いていません。理由と次にすることは、上の欄に出ています。"
NO_CARS: Final = (
    "車両がまだ登録されていません。\n\n"
    "F4 新規 … 車検証を見ながら入力します\n"
    "F11 取込 … 車検証閲覧アプリのファイルを読み込みます\n"
    "Alt+X QR読取 … 車検証の二次元コードを、スキャナか画像から読み取ります"
)
OTHER_WAYS: Final = (
    "一連指定番号4桁、登録番号、車台番号の終わり、氏名、読みのどれでも探せます。\n"
    "新しい車両は F4 新規 か F11 取込 で登録します。"
)
