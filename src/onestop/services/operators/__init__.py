"""操作者: who signs in, and what each may do."""
