"""The words of figures: counts, indicators, the dossiers behind them."""

from typing import Final

from infra.reference.word import REFERENCE, Word, time

MEASURED: Final[dict[str, Word]] = {
    "{unit}": Word("An agency, by its identifier", "H01.10.24"),
    "?unit": Word("The agency, by its identifier"),
    "?period": Word("A year, a quarter or a month of Vietnam's calendar: `2026`, `2026-Q3`, `2026-09`"),
    "?alone": Word("`true`: without the agencies that stand below it"),
    "?count": Word("A count by its name, as `numerator_counts` and `counts` have it"),
    "?party": Word("Held by such alone; `unsaid`: the log does not say it"),
    "Measures.unit": Word("The agency", "H01.10.24"),
    "CutMeasures.unit": Word("The agency", "H01.10.24"),
    "Measures.name": Word("Its name", "Ủy ban nhân dân phường Hàng Bạc"),
    "CutMeasures.name": Word("Its name", "Ủy ban nhân dân phường Hàng Bạc"),
    "period": Word("The period as it was asked for", "2026-Q4"),
    "timeType": Word("What kind of period it is", "quarter"),
    "units": Word("How many agencies are added up: their counts, never their shares", 12),
    "indicators": Word("The indicators, in the order of their set"),
    "Measures.citation": Word("What sets the indicators", "Decree 224/2026/ND-CP Art. 19"),
    "CutMeasures.citation": Word("What sets the indicators", "Decree 224/2026/ND-CP Art. 19"),
    "Measures.as_of": time("When it was added up"),
    "CutMeasures.as_of": time("When it was added up"),
    "counts": Word("Every count by its name; one that is not there is 0", {"received": 3, "online": 2}),
    "Indicator.id": Word("Its name", "on_time_share"),
    "Indicator.name_vi": Word("What it is called", "Tỷ lệ hồ sơ giải quyết trước và đúng hạn"),
    "Indicator.name_en": Word("The same in English", "Share of dossiers ended early or on time"),
    "Indicator.citation": Word("What sets it", "Decree 224/2026/ND-CP Art. 19(dd)"),
    "Indicator.unit": Word("`percent` of the denominator, or a mean of `seconds`", "percent"),
    "numerator": Word("The numerator; null: nobody can say it, which is not 0", 2),
    "denominator": Word("The denominator; null: nobody can say it", 3),
    "Indicator.ratio": Word("Two decimals, half up; null where there is none", 66.67),
    "dataQualityStatus": Word("Whether it may be relied on, and why not", "ok"),
    "numerator_counts": Word("The counts that the numerator is the sum of", "early"),
    "denominator_counts": Word("The counts that the denominator is the sum of", "late"),
    "Indicator.note": Word(
        "What the law leaves open, and how it is read here", "by the appointment that held when it ended"
    ),
    "BehindPage.dossiers": Word("The dossiers that I may read"),
    "withheld": Word("How many of this page I may not read", 0),
    "DossierBehind.dossier": Word("Its reference", REFERENCE),
    "adds": Word("How much it adds to the count", 1),
    "DossierBehind.party": Word("What its holder is", "CITIZEN"),
    "DossierBehind.received_at": time("When it was received"),
    "DossierBehind.accepted_at": time("When it was accepted"),
    "DossierBehind.due_at": time("When it was due as it ended"),
    "DossierBehind.ended_at": time("When it ended"),
    "ending": Word("How it ended; null: it goes on", "processed"),
}
