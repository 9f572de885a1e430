"""A 車台番号: a code, in which only a 職権打刻 has kanji."""

from __future__ import annotations

from onestop.model.chassis import MAX_LENGTH, may_be_written, normalise_chassis
from onestop.ui.fields.fields import CodeField


class ChassisField(CodeField):
    """The input method is let in for a 職権打刻 alone."""

    way_out = "半角で入力してください。漢字は「職権打刻」にチェックを付けると入力できます。"

    def __init__(
        self,
        name: str = "chassis_number",
        label: str = "車台番号",
        *,
        width: int = 24,
        mnemonic: str | None = None,
    ) -> None:
        """`width` is in half-width characters."""
        super().__init__(
            name,
            label,
            fold=normalise_chassis,
            width=width,
            limit=MAX_LENGTH,
            mnemonic=mnemonic,
            accepts=may_be_written,
        )

    def let_stamp(self, *, stamped: bool) -> None:
        """Let kanji be composed while 職権打刻 is ticked."""
        if stamped != self.ime:
            self.ime = stamped
            self.input.use_input_method(ime=stamped)
