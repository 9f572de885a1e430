"""Tests of the sentences for troubles: each errand has its own, and none claims what nobody knows."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop import errors
from onestop.screens.wording import Errand, explain

TROUBLES = (
    errors.ServiceError(),
    errors.NotReached(),
    *(errors.NotTrusted(trouble, dt.date(2031, 1, 2)) for trouble in errors.TlsTrouble),
    errors.NoAnswer(),
    errors.ContractBroken(),
    errors.AnswerOfAnother("filing"),
    errors.ProgramFault(),
    errors.CredentialsRefused(),
    errors.ServiceClosed(retry_after=61),
    errors.Overloaded(),
    errors.NotFound("not_found", status=404),
    errors.Refused("unknown_code"),
    errors.Refused("unknown_code", "使えません", status=403),
)
UNKNOWN = (errors.NoAnswer, errors.ContractBroken)  # and what is more special than they are


def said(error: errors.OneStopError, errand: Errand) -> str:
    return explain(error, errand, "F7 検索").text


@pytest.mark.parametrize("errand", Errand)
@pytest.mark.parametrize("error", TROUBLES, ids=lambda error: type(error).__name__)
def test_what_happened_what_it_means_and_what_to_do(errand: Errand, error: errors.ServiceError) -> None:
    text = said(error, errand)
    assert text.endswith(("。", ")"))
    assert text.count("。") >= 2
    if errand is not Errand.SENDING:
        assert "受け付けられ" not in text
        assert "送信" not in text
        assert "二重" not in text
    if errand is not Errand.WITHDRAWING:
        assert "取り消" not in text
    if errand is not Errand.ASKING:
        assert ("かどうかは分かりません" in text) is isinstance(error, UNKNOWN)
        assert ("F7 検索" in text) is (isinstance(error, UNKNOWN) or _is_gone(error, errand))
    else:
        assert "F7 検索" not in text  # it was that key which failed


def _is_gone(error: errors.ServiceError, errand: Errand) -> bool:
    return errand is Errand.WITHDRAWING and isinstance(error, errors.NotFound)


@pytest.mark.parametrize("errand", [Errand.SENDING, Errand.WITHDRAWING])
def test_who_did_nothing_is_said_to_have_done_nothing(errand: Errand) -> None:
    nothing = {Errand.SENDING: ("ていません", "でした"), Errand.WITHDRAWING: ("ていません", "せん")}[errand]
    for error in TROUBLES[1:]:
        if not isinstance(error, UNKNOWN):
            assert any(word in said(error, errand) for word in nothing), error


@pytest.mark.parametrize(
    ("thing", "happened"),
    [
        ("filing", "AINASの返事がこの申請のものではありません。"),
        ("policy", "e-JIBAIの返事がこの自賠責証明書のものではありません。"),
        ("certificate", "AIRASの返事がこの保適証のものではありません。"),
    ],
)
def test_an_answer_of_another_is_said_with_its_service_and_its_noun(thing: str, happened: str) -> None:
    error = errors.AnswerOfAnother(thing)
    again = "しばらく待って、もう一度実行してください。"
    assert said(error, Errand.ASKING) == f"{happened}何も変えていません。{again}"
    assert said(error, Errand.SENDING).startswith(f"{happened}受け付けられたかどうかは分かりません。")


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (errors.TlsTrouble.SELF_SIGNED, ("自己署名", "サービスの窓口")),
        (errors.TlsTrouble.UNKNOWN_AUTHORITY, ("認証局", "ネットワーク担当者")),
        (errors.TlsTrouble.OTHER_NAME, ("別の名前", "接続先URL")),
        (errors.TlsTrouble.EXPIRED, ("期限", "このパソコンの日付(2031/01/02)")),
        (errors.TlsTrouble.NOT_YET_VALID, ("まだ有効ではありません", "このパソコンの日付(2031/01/02)", "遅れている")),
        (errors.TlsTrouble.OUT_OF_DATE, ("このパソコンの日付(2031/01/02)",)),
        (errors.TlsTrouble.OLD_TLS, ("TLS 1.1", "サービスの窓口")),
        (errors.TlsTrouble.OTHER, ("暗号化",)),
    ],
)
def test_each_trouble_with_a_certificate_has_a_sentence_of_its_own(
    trouble: errors.TlsTrouble, words: tuple[str, ...]
) -> None:
    text = said(errors.NotTrusted(trouble, dt.date(2031, 1, 2)), Errand.SENDING)
    assert [word for word in (*words, "送信はされていません。") if word not in text] == []


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (errors.NoRoom(), "ディスクがいっぱい"),
        (errors.TooManyOpen(), "ほかのプログラムを閉じて"),
        (errors.LocksRefused(), "ロック"),
        (errors.DataFolderGone(), "データフォルダーが見つかりません"),
        (errors.PracticeDamaged(), "本番のデータには関係ありません"),
        (errors.ModeUnknown(), "本番で開くか、練習で開くか"),
        (errors.StoreError(), "ディスクの空きと権限"),
    ],
)
def test_the_troubles_of_files_have_sentences_of_their_own(error: errors.OneStopError, word: str) -> None:
    assert word in said(error, Errand.ASKING)


def test_reasons_are_sentences_that_do_not_run_together() -> None:
    reasons = (errors.Problem("a", "車台番号が登録と違います"), errors.Problem("b", "住所が違います。"))
    assert said(errors.Refused("invalid", reasons=reasons), Errand.SENDING) == (
        "受け付けられませんでした: 車台番号が登録と違います。住所が違います。内容を直して、もう一度実行してください。"
    )


def test_what_is_forbidden_is_a_matter_of_settings() -> None:
    error = errors.Refused("site_forbidden", "この依頼人拠点コードは使えません", status=403)
    assert said(error, Errand.SENDING) == (
        "受け付けられませんでした: この依頼人拠点コードは使えません。F3 設定 で確かめてください。"
    )


def test_how_long_to_wait_is_said_in_minutes_hours_or_days() -> None:
    for seconds, span in (
        (0, "1分"),
        (61, "2分"),
        (3_600, "60分"),
        (3_601, "2時間"),
        (86_400, "24時間"),
        (450_000, "6日"),
    ):
        assert f"約{span}待って" in said(errors.ServiceClosed(retry_after=seconds), Errand.ASKING)
    assert "しばらく待って" in said(errors.Overloaded(), Errand.ASKING)


@pytest.mark.parametrize("trouble", [errors.StoreError(), errors.DataFolderInUse()])
def test_a_machine_that_cannot_keep_the_outcome_says_that_it_was_sent(trouble: errors.StoreError) -> None:
    error = errors.NotWrittenDown(trouble)
    sent, asked, taken_back = (said(error, errand) for errand in Errand)
    assert "受け付けられている場合があります。" in sent
    assert "取り消されている場合があります。" in taken_back
    for text in (sent, taken_back):
        assert "ディスクの空きと権限を確かめてから、F7 検索 で確かめてください" in text
        assert "もう一度実行" not in text
    assert "もう一度実行してください。" in asked
