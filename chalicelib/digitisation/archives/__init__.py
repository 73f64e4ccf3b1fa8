"""Archives: results that an agency issued on paper in former years, by an index sheet, become data messages."""
