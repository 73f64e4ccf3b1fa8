"""The law as dated data and pure functions: rule packs, calendars, the statutory clock, states, codes, levels, QR."""
