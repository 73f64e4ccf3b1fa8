"""The words of plans of services: drafts, decisions, what is issued, how far it is."""

from typing import Final

from infra.reference.word import Word, day, time

NAME_VI, NAME_EN = "Cấp nước sạch", "Water supply"
PLANNED: Final[dict[str, Word]] = {
    "{plan}": Word("`id` of a plan", "0f3a5b7c9d1e2f40"),
    "{service}": Word("Code of a service of the plan", "U.000001"),
    "?issuer": Word("Issued by this agency alone"),
    "?quarter": Word("A quarter of Vietnam's calendar: `2026-Q4`"),
    "?status": Word("That stand so alone"),
    "?progress": Word("That are so far alone; `late` lists what is overdue"),
    "?owner": Word("That this agency answers for"),
    "issuer": Word("The agency that issues it", "H01"),
    "drafter": Word("The agency that drafts it", "H01.10"),
    "title_vi": Word("What it is called", "Kế hoạch năm 2026"),
    "title_en": Word("The same in English", "Plan of 2026"),
    "kinds": Word("For which kinds of service", "public_utility"),
    "PlanBody.first": Word("Its first quarter", "2026-Q1"),
    "PlanBody.last": Word("Its last quarter", "2026-Q4"),
    "PlanBody.items": Word("Its services"),
    "PlanBody.replaces": Word("`id` of the plan that it takes the place of; empty: none", "0f3a5b7c9d1e2f41"),
    "PlanRow.first": Word("Its first quarter", "2026-Q1"),
    "PlanRow.last": Word("Its last quarter", "2026-Q4"),
    "PlanRow.services": Word("How many services it has", 12),
    "PlanRow.status": Word("Where it stands", "issued"),
    "PlanRow.decision": Word("The decision that issued it; null: it is not issued"),
    "PlanList.plans": Word("The plans of this page"),
    "PlanList.total": Word("How many there are of all that were asked for", 3),
    "PlannedServiceBody.service": Word("Its code in the catalogue", "U.000001"),
    "PlannedServiceBody.kind": Word("Of which kind it is", "public_utility"),
    "PlannedServiceBody.name_vi": Word("What the plan calls it", NAME_VI),
    "PlannedServiceBody.name_en": Word("The same in English", NAME_EN),
    "PlannedServiceBody.channels": Word("The channels that are planned", "authority_system"),
    "provider_vi": Word("Who provides it", "Công ty Cấp nước"),
    "provider_en": Word("The same in English", "Water Company"),
    "current": Word("Its level when the plan was made", "none"),
    "target": Word("The level that is planned", "full"),
    "quarter": Word("By the end of which quarter", "2026-Q4"),
    "PlannedServiceBody.owner": Word("The agency that answers for it", "H01"),
    "PlanReviewBody.accepted": Word("Whether it may be issued", example=True),
    "PlanReviewBody.note": Word("What is wrong with it, or was looked at", "Đã rà soát"),
    "PlanReviewView.accepted": Word("Whether it may be issued", example=True),
    "PlanReviewView.note": Word("What the reviewer wrote", "Đã rà soát"),
    "PlanReviewView.at": time("When"),
    "PlanIssueBody.number": Word("Number of the decision", "15/KH-UBND"),
    "PlanIssueBody.day": day("Its day"),
    "PlanDecisionView.number": Word("Its number", "15/KH-UBND"),
    "PlanDecisionView.day": day("Its day"),
    "PlanProgressBody.said": Word("How far it is", "under_way"),
    "PlanProgressBody.why": Word("Why it is dropped; everybody reads it", "Sáp nhập đơn vị"),
}
for _model in ("PlannedServiceView", "PlannedServiceDetail", "PlannedServiceStanding"):
    PLANNED.update(
        {
            f"{_model}.{name.removeprefix('PlannedServiceBody.')}": word
            for name, word in tuple(PLANNED.items())
            if name.startswith("PlannedServiceBody.")
        }
    )
    PLANNED[f"{_model}.said"] = Word("What its owner says", "under_way")
    PLANNED[f"{_model}.why"] = Word("Why it is dropped; empty: it is not", "Sáp nhập đơn vị")
    PLANNED[f"{_model}.progress"] = Word("What the catalogue shows: late from the day after its quarter", "late")
    PLANNED[f"{_model}.level_now"] = Word("The level that the catalogue offers today", "none")
    PLANNED[f"{_model}.missing"] = Word("Channels of the plan on which it is not offered", "authority_system")
PLANNED.update({
    "PlannedServiceList.services": Word("The services of this page"),
    "PlannedServiceList.total": Word("How many there are of all that were asked for", 12),
    "PlannedServiceDetail.dossiers": Word("How many dossiers of it came to this system: the sum of the channels"),
    "PlannedServiceDetail.by_channel": Word(
        "How many of them by each channel", {"authority_system": {"count": 40, "quality": "ok"}}
    ),
    "PlannedServiceDetail.counted_until": Word("The last month that is looked at", "2026-10"),
    "PlannedServiceDetail.least": Word("Numbers are told from so many dossiers on, and move by so many or more", 5),
    "PlannedServiceStanding.version": Word("Of the plan: what `If-Match` of the next change names", 4),
    "DossierCount.count": Word("How many; null: fewer than `least`, or none", 40),
    "DossierCount.quality": Word("`few` where the number is not told", "ok"),
    **{f"PlanProgressCounts.{name}": Word("How many services are so far", 1) for name in (
        "planned", "under_way", "reached", "late", "dropped", "replaced"
    )},
})  # fmt: skip
for _model in ("PlanView", "PlanDraftView"):
    PLANNED.update(
        {
            f"{_model}.version": Word("What `If-Match` of a change names", 4),
            f"{_model}.first": Word("Its first quarter", "2026-Q1"),
            f"{_model}.last": Word("Its last quarter", "2026-Q4"),
            f"{_model}.status": Word("Where it stands", "issued"),
            f"{_model}.decision": Word("The decision that issued it; null: it is not issued"),
            f"{_model}.issued_at": time("When it was issued here; null: not yet"),
            f"{_model}.replaces": Word("`id` of the plan that it takes the place of; null: none", "0f3a5b7c9d1e2f41"),
            f"{_model}.replaced_by": Word("`id` of the plan that took its place; null: none", "0f3a5b7c9d1e2f42"),
            f"{_model}.counts": Word("How many services are how far"),
        }
    )
PLANNED.update(
    {
        "PlanDraftView.authors": Word("All who wrote at it", "officer-17"),
        "PlanDraftView.review": Word("What a reviewer said last; null: nobody did"),
        "PlanDraftView.items": Word("Its services"),
    }
)
