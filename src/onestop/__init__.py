"""The 継続検査OSS desk: one window for 照会, 自賠責, 保適証 and 申請."""

VERSION = "0.3.0"
