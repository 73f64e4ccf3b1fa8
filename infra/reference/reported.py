"""The words of figures that other systems report: batches, versions, rows, verdicts."""

from typing import Final

from infra.reference.word import Word, time

BATCH: Final = "3f9a1c5be07d2468"
REPORTED: Final[dict[str, Word]] = {
    "{batch}": Word("`batch` of reported figures", BATCH),
    "elsewhere": Word("What other systems reported of this unit and period, by source; it is added to nothing"),
    "source": Word("Agency, system and dialect", "H01/one-stop/portal_report"),
    "system": Word("A system of the agency, by its own name", "one-stop"),
    "dialect": Word("In whose fields rows come", "portal_report"),
    "batch": Word("The rows that figures are made of, by name; null: nothing was taken", BATCH),
    "ReportedFigures.agency": Word("The agency that sent it", "H01"),
    "ReportedFigures.received_at": time("When it came"),
    "ReportedIndicator.formula": Word("The set by which the indicator is named", "monitoring-2026"),
    "ReportedIndicator.id": Word("Its name", "online_share"),
    "ReportedIndicator.name_vi": Word("What it is called", "Tỷ lệ hồ sơ trực tuyến"),
    "ReportedIndicator.name_en": Word("The same in English", "Share of dossiers filed online"),
    "ReportedIndicator.citation": Word("What sets it", "Decree 224/2026/ND-CP Art. 19(b)"),
    "ReportedIndicator.ratio": Word("Two decimals, half up, reckoned here; null where there is none", 80.0),
    "ReportedIndicator.row": Word("Of which row of its batch it is, from 0; null: of all rows of the unit", 0),
    "reportedStatus": Word("What the source itself says of it; null: nothing", "ok"),
    "doubts": Word("Why it is doubtful; nothing was corrected", "post_as_online"),
    "FigureBatch.received_at": time("When it came first"),
    "FigureBatch.rows": Word("How many rows it has", 1),
    "FigureBatch.reports": Word("What it says of each unit and period"),
    "UnitReport.unit": Word("The agency that is told of", "H01.10.24"),
    "UnitReport.figures": Word("What is told of it"),
    "FigureArrival.id": Word("Its name", BATCH),
    "FigureArrival.way": Word("By which way it came", "api"),
    "FigureArrival.at": time("When it came"),
    "FigureArrival.file": Word(
        "A dropped file, by its place in the folder of its agency", "one-stop/emc/1/2026-10/a.csv"
    ),
    "FigureArrival.verdict": Word("What became of it", "taken"),
    "FigureArrival.errors": Word("Why it was refused; empty where it was not"),
    "FaultView.pointer": Word("Where, as a JSON Pointer into its rows", "/rows/3/numerator"),
    "FaultView.rule": Word("Which rule", "negative"),
    "FaultView.message_vi": Word("What is wrong", "Số đếm không thể âm"),
    "FaultView.message_en": Word("The same in English", "A count is not negative"),
    "ArrivalPage.arrivals": Word("What came, the newest first"),
    "VersionList.versions": Word("Source by source, the oldest first"),
    "RowPage.rows": Word("Rows of units that are mine"),
    "RowPage.version": Word("The version that they were sent as", 1),
    "FigureRow.unit": Word("The agency that it is of", "H01.10.24"),
    "FigureTicket.post": Word("The form to post it with"),
}
