"""The applicant sees the drafted result before it is approved, and confirms or corrects it."""
