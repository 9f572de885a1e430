"""設定: the form, its checks, and 再設定."""
