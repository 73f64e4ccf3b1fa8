"""Who may do what, written a second time: nobody is given a right by a change of one line."""

from chalicelib.kernel.access import ACTS, BY_SERVICE, NOT_BY_PORTAL
from tests.support.acts import every_act

WHO = {
    "agency.change": "administrator",
    "archive.open": "scanning",
    "archive.read": "reception scanning",
    "copy.list": "reception scanning",
    "copy.read": "reception scanning",
    "copy.reject": "reception scanning",
    "copy.sign": "reception scanning",
    "copy.sort": "reception scanning",
    "review.answer": "reception scanning",
    "review.list": "reception scanning",
    "review.read": "reception scanning",
    "counter.keep": "publisher",
    "delivery.ask": "citizen leader processing reception",
    "delivery.ask_app": "citizen",
    "delivery.ask_register": "leader processing reception",
    "delivery.hand_over": "processing reception",
    "delivery.retry": "leader processing reception",
    "notice.renew": "leader processing reception",
    "delivery.withdraw": "citizen",
    "dossier.correct": "leader processing",
    "dossier.list": "citizen",
    "dossier.duplicates": "reception",
    "dossier.rate": "citizen",
    "dossier.read": "citizen leader processing reception scanning",
    "dossier.send_upstream": "leader processing",
    "dossier.submit": "citizen",
    "dossier.take_in": "reception",
    "dossier.withdraw": "citizen",
    "event.read": "integration leader portal processing reception scanning",
    "subscription.keep": "administrator integration portal",
    "draft.change": "citizen",
    "draft.open": "citizen",
    "draft.read": "citizen",
    "drop.acknowledge": "reception scanning",
    "drop.send": "scanning",
    "figure.read": "administrator integration leader processing reception scanning",
    "figure.send": "integration",
    "holder.name": "citizen",
    "holding.confirm": "citizen",
    "mandate.confirm": "citizen",
    "mandate.evidence": "citizen leader processing reception scanning",
    "mandate.end": "citizen",
    "mandate.offer": "citizen",
    "mandate.read": "citizen",
    "measure.open": "leader processing reception scanning",
    "measure.read": "administrator leader processing reception scanning",
    "measure.report": "leader",
    "me.read": "administrator citizen editor leader portal processing publisher reception reviewer scanning",
    "officer.keep": "administrator",
    "message.withdraw": "leader",
    "message.read": "citizen leader processing reception scanning",
    "outage.announce": "administrator",
    "outage.change": "administrator",
    "register.ask": "citizen",
    "register.print": "leader reception",
    "register.tell": "administrator",
    "replacement.confirm": "reviewer",
    "representation.begin": "citizen",
    "representation.end": "citizen",
    "representation.read": "citizen",
    "slip.print": "citizen leader processing reception scanning",
    "supplement.answer": "citizen reception",
    "supplement.upload": "citizen",
    "supplement.object": "citizen",
    "dossier.legs": "leader processing reception scanning",
    "opinion.ask": "leader processing",
    "original.give_back": "processing reception",
    "original.hand_on": "leader processing reception",
    "preview.confirm": "citizen",
    "data_request.answer": "leader",
    "data_request.ask": "citizen",
    "data_request.ask_deletion": "citizen",
    "data_request.read": "citizen",
    "measure.petitions": "leader",
    "petition.decide": "leader",
    "petition.file": "citizen",
    "petition.follow": "citizen",
    "petition.retract": "leader",
    "petition.supervise": "leader",
    "petition.withdraw": "citizen",
    "petition.work": "leader reception",
    "app_paper.read": "citizen",
    "app_paper.show": "citizen",
    "app_paper.put_right": "leader",
    "synchronisation.ask": "leader processing reception",
    "synchronisation.list": "leader",
    "task.approve": "leader",
    "task.consult": "processing",
    "task.forward": "reception",
    "task.list": "leader processing reception scanning",
    "task.receive": "reception",
    "task.supervise": "leader",
    "task.verify": "processing",
    "task.withdrawal": "reception",
    "task.objection": "leader",
    "thread.read": "citizen leader processing reception",
    "thread.write": "citizen leader processing reception",
    "payment.confirm": "processing reception",
    "payment.record": "processing reception",
    "payment.request": "processing reception",
    "guidance.end": "publisher",
    "guidance.give": "publisher",
    "guidance.read": "editor publisher reviewer",
    "plan.change": "editor",
    "plan.issue": "publisher",
    "plan.read": "editor publisher reviewer",
    "plan.review": "reviewer",
    "procedure.transfer": "publisher",
    "term.extend": "leader",
    "token.exchange": "portal",
    "grant.give": "citizen",
    "grant.list": "citizen",
    "grant.read": "citizen leader processing reception",
    "grant.withdraw": "citizen",
    "anomaly.list": "leader",
    "vault.take": "citizen",
    "vault.upload": "citizen",
    "vault.erase": "citizen",
    "link.open": "citizen leader processing reception",
    "vault.read": "citizen",
    "papers.look_up": "citizen",
    "kept_paper.read": "citizen leader processing reception scanning",
    "vault.reuse": "citizen",
    "version.change": "editor",
    "version.publish": "publisher",
    "version.read": "editor publisher reviewer",
    "version.review": "reviewer",
}


def test_an_act_is_for_those_who_stand_here_and_nobody_else():
    every_act()
    assert ACTS.keys() >= NOT_BY_PORTAL | BY_SERVICE
    assert {act: " ".join(sorted({grant.role for grant in table})) for act, table in ACTS.items()} == WHO, (
        "an act stands in acts.py of its room and, a second time, in WHO of tests/unit/test_acts.py"
    )


FILES, SEES = {"holder", "representative"}, {"holder", "representative", "co-holder"}
SENT, DRAFT = {"open", "ended"}, {"draft"}
OF_PERSONS = {
    "delivery.ask": (SEES, SENT),
    "app_paper.read": ({"holder"}, DRAFT | SENT),
    "app_paper.show": ({"holder"}, DRAFT | SENT),
    "delivery.ask_app": ({"holder"}, SENT),
    "delivery.withdraw": (SEES, SENT),
    "dossier.rate": (FILES, SENT),
    "dossier.read": (SEES, SENT),
    "dossier.submit": (FILES, DRAFT),
    "dossier.withdraw": (SEES, SENT),
    "draft.change": (FILES, DRAFT),
    "draft.read": (SEES, DRAFT | SENT),
    "holder.name": ({"holder"}, DRAFT),
    "kept_paper.read": (SEES, SENT),
    "mandate.evidence": (FILES, SENT),
    "message.read": (SEES, DRAFT | SENT),
    "preview.confirm": (SEES, SENT),
    "slip.print": (SEES, SENT),
    "supplement.answer": (SEES, SENT),
    "supplement.upload": (SEES, {"open"}),
    "supplement.object": (SEES, SENT),
    "thread.read": (SEES, SENT),
    "thread.write": (SEES, SENT),
    "grant.give": ({"holder"}, DRAFT | SENT),
    "grant.list": ({"holder"}, DRAFT | SENT),
    "grant.read": ({"receiver"}, DRAFT | SENT),
    "grant.withdraw": ({"holder"}, DRAFT | SENT),
    "vault.read": ({"holder"}, DRAFT | SENT),
    "vault.take": ({"holder"}, DRAFT | SENT),
    "vault.upload": ({"holder"}, DRAFT | SENT),
    "vault.erase": ({"holder"}, DRAFT | SENT),
    "vault.reuse": ({"holder"}, DRAFT),
    "papers.look_up": ({"holder", "representative"}, DRAFT),
}
"""How a person has to stand to a thing, and at which stage of it; any other act of theirs is on what is nobody's."""


def test_how_a_person_stands_to_a_thing_is_written_here_too():
    found = {}
    for act, table in every_act().items():
        theirs = [grant for grant in table if grant.role == "citizen" and grant.relation != "any"]
        if theirs:
            (stages,) = {grant.stages for grant in theirs}
            found[act] = ({grant.relation.value for grant in theirs}, {stage.value for stage in stages})
    assert found == OF_PERSONS


def test_nobody_who_stands_to_a_thing_in_no_way_may_do_anything_to_it_and_officers_act_for_their_agency():
    for act, table in every_act().items():
        assert not [grant for grant in table if grant.relation == "stranger"], act
        others = {grant.relation.value for grant in table if grant.role not in ("citizen", "portal")}
        assert others <= {"agency", "keeper", "participant", "receiver"} or act in (
            "me.read",
            "register.tell",
            "link.open",
        ), act
