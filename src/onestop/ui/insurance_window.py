"""自賠責証明書発行: where it stands on top, the contract and the car below it, the certificate itself at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGroupBox, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from onestop.model.certificate_words import ContractKind, Origin
from onestop.model.chassis import normalise_chassis
from onestop.screens.function_keys import INSURANCE, INSURANCE_BUTTONS
from onestop.screens.insurance_screen import InsuranceScreen
from onestop.screens.issue_input import certificate_number, code
from onestop.screens.plate_input import FIELD, PLATE_FOLDS, plate_parts
from onestop.ui.action_button import ActionButton
from onestop.ui.choice_field import ChoiceField
from onestop.ui.date_field import DateField
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields import CheckField, CodeField, ReadOnlyValue, TextField
from onestop.ui.plate_field import PlateField
from onestop.ui.suggest_field import SuggestField

if TYPE_CHECKING:
    from onestop.ui.fields import Field

TITLE = "自賠責証明書発行"
ON_ONE_LINE = ("validity", "old_end", "estimate")
ADVICE_WIDTH = 1100
"""Pixels: nearly the whole width, so that no room is kept for a text that wraps in a narrower window."""
READ_ONLY = (
    ("mode", "モード"),
    ("control_number", "管理番号"),
    ("status", "状態"),
    ("registry", "登録機関への登録"),
    ("validity", "満了日"),
    ("old_end", "前の保険の終わり"),
    ("estimate", "保険料"),
    ("advice", "確認"),
)
KINDS = [(kind.value, kind.value) for kind in ContractKind]
ORIGINS = [(origin.value, origin.value) for origin in Origin]


class InsuranceWindow(DeskWindow[InsuranceScreen]):
    """One 自賠責証明書."""

    def __init__(self, screen: InsuranceScreen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = {name: ReadOnlyValue(name, label, captioned=False) for name, label in READ_ONLY}
        for name, value in self.told.items():
            value.input.setWordWrap(name not in ON_ONE_LINE)
        self.told["advice"].input.setMinimumWidth(ADVICE_WIDTH)
        self.fields: tuple[Field, ...] = (*self._contract(screen), *self._car(), *self._certificate(screen))
        self.folder = ActionButton("folder", INSURANCE_BUTTONS[0])
        self.folder.asked.connect(self.press_row)
        self.folder.listen_in(self)
        self._lay_out()
        for field in self.fields:
            field.edited.connect(screen.edit)
        self.bind(screen, INSURANCE, TITLE, main_key="F5")

    def fill(self) -> None:
        """Show the certificate."""
        screen = self.screen_shown
        self.insurer.set_options(screen.insurers)
        self.rate_class.set_options([(each, each) for each in screen.rate_classes])
        for name, value in self.told.items():
            value.show_value(getattr(screen.shown, name))
        for field in self.fields:
            field.show_value(screen.typed(field.name))
            field.set_locked(screen.locked(field.name))
            field.set_problem(screen.problem(field.name))
        self.folder.show_verdict(screen)

    # --- widgets

    def _contract(self, screen: InsuranceScreen) -> tuple[Field, ...]:
        self.insurer = SuggestField("insurer", "保険会社", mnemonic="I")
        self.contract_kind = ChoiceField("contract_kind", "契約区分", KINDS)
        self.rate_class = ChoiceField("rate_class", "車種", [], mnemonic="C")
        self.report_to_registry = CheckField("report_to_registry", "登録機関", mnemonic="T")
        self.start_date = DateField("start_date", "保険開始日", screen.read_day, mnemonic="D")
        self.months = CodeField("months", "保険期間(月)", fold=code, width=6, limit=4, mnemonic="M")
        return (
            self.insurer,
            self.contract_kind,
            self.rate_class,
            self.start_date,
            self.months,
            self.report_to_registry,
        )

    def _car(self) -> tuple[Field, ...]:
        self.registration_number = PlateField(FIELD, "登録番号", plate_parts, folds=PLATE_FOLDS, mnemonic="N")
        self.chassis_number = CodeField(
            "chassis_number", "車台番号", fold=normalise_chassis, width=22, limit=42, mnemonic="B"
        )
        self.policyholder_name = TextField("policyholder_name", "契約者氏名・名称", mnemonic="U")
        self.policyholder_address = TextField("policyholder_address", "契約者住所", mnemonic="J")
        return (self.registration_number, self.chassis_number, self.policyholder_name, self.policyholder_address)

    def _certificate(self, screen: InsuranceScreen) -> tuple[Field, ...]:
        self.origin = ChoiceField("origin", "証明書の種類", ORIGINS)
        self.certificate_number = CodeField("certificate_number", "保険証番号", fold=certificate_number, width=20)
        self.end_date = DateField("end_date", "保険終了日", screen.read_day)
        self.premium = CodeField("premium", "保険料(円)", fold=code, width=12, limit=12)
        return (self.origin, self.certificate_number, self.end_date, self.premium)

    # --- layout

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(_group("状態", self._state()), 1)
        top.addWidget(_group("期間と保険料", self._standing(("validity",), ("old_end",), ("estimate",))), 1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(_group("契約", self._contract_rows()))
        column.addWidget(_group("車両・契約者", self._car_rows()))
        column.addWidget(_group("証明書", self._certificate_row()))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self.body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _state(self) -> QLayout:
        first = QHBoxLayout()
        first.addLayout(self._line(("mode", "control_number")), 1)
        first.addWidget(self.folder)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(first)
        column.addLayout(self._standing(("status",), ("registry",)))
        return column

    def _standing(self, *lines: tuple[str, ...]) -> QLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        for names in lines:
            column.addLayout(self._line(names))
        column.addStretch(1)
        return column

    def _line(self, names: tuple[str, ...]) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name in names:
            row.addWidget(self.told[name].caption, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(self.told[name], 1)
        return row

    def _contract_rows(self) -> QLayout:
        terms = QHBoxLayout()
        terms.addWidget(self.insurer, 5)
        terms.addWidget(self.contract_kind, 1)
        terms.addWidget(self.rate_class, 4)
        period = QHBoxLayout()
        period.addWidget(self.start_date, 5)
        period.addWidget(self.months, 2)
        period.addWidget(self.report_to_registry, 3)
        column = QVBoxLayout()
        column.addLayout(terms)
        column.addLayout(period)
        column.addLayout(self._line(("advice",)))
        return column

    def _car_rows(self) -> QLayout:
        car = QHBoxLayout()
        car.addWidget(self.registration_number, 3)
        car.addWidget(self.chassis_number, 2)
        holder = QHBoxLayout()
        holder.addWidget(self.policyholder_name, 2)
        holder.addWidget(self.policyholder_address, 3)
        column = QVBoxLayout()
        column.addLayout(car)
        column.addLayout(holder)
        return column

    def _certificate_row(self) -> QLayout:
        row = QHBoxLayout()
        row.addWidget(self.origin, 2)
        row.addWidget(self.certificate_number, 3)
        row.addWidget(self.end_date, 5)
        row.addWidget(self.premium, 2)
        return row


def _group(title: str, content: QLayout) -> QGroupBox:
    box = QGroupBox(title)
    content.setContentsMargins(6, 2, 6, 4)
    box.setLayout(content)
    return box
