"""ワンストップサービス and what it says of one car's inspections."""
