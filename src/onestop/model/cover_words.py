"""What is said of 自賠責 that does not fit the days of an inspection: the same sentences in every form and in 連動."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.model.inspection_days import insurance_covers
from onestop.model.wareki import format_western

if TYPE_CHECKING:
    from onestop.model.inspection_days import InspectionDays


def short_cover(days: InspectionDays) -> str:
    """Say that 自賠責 ends too early, and both ways out; "" when it does not, or nobody knows."""
    end, expiry = days.insurance_end, days.new_expiry
    if end is None or expiry is None or insurance_covers(end, expiry) or (last := days.last_day_of_insurance) is None:
        return ""
    in_time = f"最終の検査申請日({format_western(last)})までに申請してください"
    late = f"最終の検査申請日({format_western(last)})は過ぎています。それでも申請するときは"
    longer = f"自賠責をあと{days.months_short}か月分用意"
    reach = f"自賠責の終期({format_western(end)})が、新しい満了日({format_western(expiry)})の翌日に届きません。"
    if last < days.today:
        return f"{reach}{late}、{longer}してください。"
    return f"{reach}{longer}するか、{in_time}。"


def gap_of(days: InspectionDays) -> str:
    """Say from when until when there is no 自賠責; "" when there always is, or nobody knows."""
    gone, start = days.uninsured_from, days.insurance_start
    if gone is None or start is None:
        return ""
    between = f"前の自賠責の終わり({format_western(gone)})から新しい自賠責の始まり({format_western(start)})まで"
    return f"{between}、保険のない日があります。"


def old_insurance_words(days: InspectionDays) -> str:
    """Say whether 旧自賠責 is asked for, and why; "" when that is not known."""
    start, day = days.insurance_start, format_western(days.day)
    if start is None:
        return ""
    begins = f"新しい自賠責は{format_western(start)}から"
    if days.needs_old_insurance:
        return f"{begins}なので、申請の日({day})に有効な旧自賠責も要ります。"
    return f"{begins}で、申請の日({day})に有効です。旧自賠責は要らないので、空欄のままにします。"


def last_application_words(days: InspectionDays) -> str:
    """Return 最終の検査申請日 with what it still depends on; "" when nothing of it is known."""
    last = days.last_application_date
    if last is None:
        return ""
    missing = "" if days.last_day_of_conformity else "検査日が未定"
    if days.last_day_of_insurance is None:
        missing = "自賠責が未確認" if days.insurance_end is None else "年数が未定"
    return format_western(last) + (f"({missing})" if missing else "")
