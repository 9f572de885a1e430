"""Sending a record to its service once and only once, the same for 申請, 自賠責 and 保適証."""
