"""Mutants that lived once and must die: a wrong program each, said as an exact change of the source."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.mutants.borders import BORDERS
from tests.mutants.gaming import GAMING
from tests.mutants.insiders import INSIDERS
from tests.mutants.making import ROOT, Mutant, NothingFound
from tests.mutants.papers import PAPERS
from tests.mutants.publishing import PUBLISHING
from tests.mutants.reviewing import REVIEWING
from tests.mutants.rooms import ROOMS
from tests.mutants.settlement import SETTLEMENT


@dataclass(frozen=True, slots=True)
class Named:
    """What is wrong, where (a pattern: files move), and the change: `old` stands there exactly once."""

    what: str
    where: str
    old: str
    new: str


NAMED: Final = (
    Named(
        "one task that cannot be read ends the run of the clock for its agency",
        "chalicelib/dossier/lists.py",
        'unless="attribute_not_exists(overdue_at)")\n        yield from typed_rows(TaskRow, rows)',
        'unless="attribute_not_exists(overdue_at)")\n        yield from (typed(TaskRow, row, row) for row in rows)',
    ),
    Named(
        "of two papers that say another value the one that came first fills in the form",
        "chalicelib/submission/prefilling.py",
        "key=lambda paper: paper.component.received_at)",
        "key=lambda paper: paper.component.received_at, reverse=True)",
    ),
    Named(
        "a worker that comes late ends the try of another one",
        "chalicelib/delivery/sending.py",
        "if word is None and delivery.due_at != begun.delivery.due_at:",
        "if word is None and delivery.due_at is None:",
    ),
    Named(
        "a person does one act more a day than they may",
        "chalicelib/kernel/allowances.py",
        "OR #0 < :most",
        "OR #0 <= :most",
    ),
    Named(
        "the day of an allowance is one of UTC",
        "chalicelib/kernel/allowances.py",
        "day = now.astimezone(ZONE).date().isoformat()",
        "day = now.date().isoformat()",
    ),
    Named(
        "a HEAD that is not what its newest event made of it fits",
        "chalicelib/audit/judgement.py",
        "return said is None or said == found.digest",
        "return True",
    ),
    Named(
        "a row beside the log that somebody deleted is not missed",
        "chalicelib/audit/judgement.py",
        "if trace not in (None, NO_MORE):",
        "if trace == NO_MORE:",
    ),
    Named(
        "what a leg came to has no trace",
        "chalicelib/kernel/traces.py",
        'if sk.startswith(LEG) and kind != "Delete":',
        'if sk.startswith(LEG) and kind == "Put":',
    ),
    Named(
        "a field that somebody put into a leg is not missed",
        "chalicelib/audit/judgement.py",
        "is_whole = whole is not None and (sk == place or whole == WITH_LEGS)",
        "is_whole = whole is not None and sk == place",
    ),
    Named(
        "a code that leads to another dossier fits",
        "chalicelib/audit/judgement.py",
        ' or any(row[name] != said[name] for name in row if name != "shape"):',
        ":",
    ),
    Named(
        "what an older release wrote after this one does not fit its traces",
        "chalicelib/audit/judgement.py",
        "if not is_sound or (row.rows is None and row.head is not None):",
        "if not is_sound:",
    ),
    Named(
        "a row that changed since it was read is traced as it was read",
        "chalicelib/kernel/record.py",
        "            op = traces.unchanged(op, self._stood[part], set(was.__struct_fields__) - {AS_READ})\n",
        "",
    ),
    Named(
        "what changes without an event wrote is traced by nobody",
        "chalicelib/kernel/record.py",
        "return made | late |",
        "return made |",
    ),
    Named(
        "a dossier of a state that does not exist hides the list of its person",
        "chalicelib/kernel/rounds.py",
        '        except Unreadable as error:\n            log.trouble("row left out of a list", error)\n',
        "        except ZeroDivisionError as error:\n            raise LookupError from error\n",
    ),
    Named(
        "a row of a log that was changed is told as history",
        "chalicelib/kernel/record.py",
        "if row and link(row.stored) == row.hash and held in (None, row.hash):",
        "if row:",
    ),
    Named(
        "an end of the day in the rule pack that no due date hears",
        "chalicelib/onestop/model.py",
        "working_hours=hours, day_end=ends)",
        "working_hours=hours)",
    ),
    Named(
        "a receipt with another due time than the API's: when the office closes",
        "chalicelib/messages/papers.py",
        "due_at=moment(event.due_at),",
        "due_at=moment(event.due_at).replace(hour=10, minute=0, second=0),",
    ),
    Named(
        "a path that is followed though the national store did not name it of this person",
        "chalicelib/submission/estore/service.py",
        "if paper.name_of(each) == file)",
        "if file)",
    ),
    Named(
        "papers of the national store that nobody asked for",
        "chalicelib/submission/estore/model.py",
        "return tuple(each for each in papers if each.kind in kinds)",
        "return tuple(papers)",
    ),
    Named(
        "a look-up of the national store without its line in the ledger",
        "chalicelib/submission/estore/service.py",
        "self.kept.note(draft.head.holder if acting else who.holder, line, self.clock(), acting)",
        "pass",
    ),
    Named(
        "a request about personal data that comes back to the list by what is told late",
        "chalicelib/dossier/data_due.py",
        'condition="attribute_not_exists(pk) OR #a < :newer"',
        'condition="attribute_not_exists(pk) OR #a <> :newer"',
    ),
    Named(
        "a round of the clock that what broke for one ends",
        "chalicelib/kernel/rounds.py",
        "            broken(row, error)\n",
        "            broken(row, error)\n            break\n",
    ),
    Named(
        "a dossier that is counted twice when two count it at once",
        "chalicelib/measures/rows.py",
        "aws.put(TABLE(), item, **_still(was)) if was != Measured()",
        "aws.put(TABLE(), item) if was != Measured()",
    ),
    Named(
        "a petition that is lost when a log is counted at that moment",
        "chalicelib/measures/rows.py",
        '"size(#p) = :p" if was.petitions else "attribute_not_exists(#p)"',
        '"size(#p) >= :p" if was.petitions else "(attribute_exists(#p) OR attribute_not_exists(#p))"',
    ),
    Named(
        "a figure that opens down to dossiers that its reader may not read",
        "chalicelib/measures/service.py",
        "mine = [each for each in found if each.reference in readable]",
        "mine = found",
    ),
    Named(
        "a count of a dossier that owes a fee as processed end to end",
        "chalicelib/measures/cells.py",
        "and not (m.in_person or m.owes)",
        "and not m.in_person",
    ),
    Named(
        "what is told while a rebuild runs is lost",
        "chalicelib/measures/rebuilding.py",
        "if reference not in recount.unreadable and known.get(reference, 0) < last:",
        "if False:",
    ),
    Named(
        "who signed a paper deals with a complaint about its dossier",
        "chalicelib/identity/petitions/store.py",
        "papers = chain(chain.from_iterable(seen_to), (each.officer for each in dropped))",
        "papers = (each.officer for each in dropped)",
    ),
    Named(
        "who dropped a paper deals with a complaint about its dossier",
        "chalicelib/identity/petitions/store.py",
        "dropped = [hand for each in found.components if (hand := dropped_by(each.key))]",
        "dropped = []",
    ),
    Named(
        "who acts for an organisation beside its dossiers decides them",
        "chalicelib/identity/listed.py",
        "for part, op in organ_parts(person, [holder], now).items():",
        "for part, op in ():",
    ),
    Named(
        "a petition of another agency that an officer reads",
        "chalicelib/identity/petitions/handling.py",
        "is_theirs = bool(head.version) and head.agency in who.agencies and head.desk in desks_of(who)",
        "is_theirs = bool(head.version) and head.desk in desks_of(who)",
    ),
    Named(
        "a complaint about reception that reception reads",
        "chalicelib/identity/petitions/handling.py",
        'return ("led", "open") if LEADER in roles_of(who) else ("open",)',
        'return ("led", "open")',
    ),
    Named(
        "a petition that was late and is not when it is done",
        "chalicelib/identity/petitions/items.py",
        "return bool(self.missed) or self.is_past(now)",
        "return self.is_past(now)",
    ),
    Named(
        "a single rating that everybody sees",
        "chalicelib/measures/figures.py",
        ">= indicator.least",
        ">= 1",
    ),
    Named(
        "the ratings of a month that runs, which everybody sees grow",
        "chalicelib/measures/figures.py",
        "if month < this_month and",
        "if month <= this_month and",
    ),
    Named(
        "a request about personal data of another agency that an officer ends",
        "chalicelib/identity/requests/service.py",
        "if not head.version or head.agency not in who.agencies:",
        "if not head.version:",
    ),
    Named(
        "a granted deletion that takes what a higher level of identity opens",
        "chalicelib/vault/uploads/service.py",
        'return upload.state == "kept" and upload.min_level <= told.level and',
        'return upload.state == "kept" and',
    ),
    Named(
        "a granted deletion that takes what was uploaded after it was asked for",
        "chalicelib/vault/uploads/service.py",
        " and upload.announced_at <= told.asked_at",
        "",
    ),
    Named(
        "a term of days that is just before its end at midnight alone",
        "chalicelib/measures/finders.py",
        "return min(here, closes)",
        "return here",
    ),
    Named(
        "a step that the national portal gets twice when its answer was lost",
        "chalicelib/delivery/synchronisation/synchronising.py",
        "has_it = was_sent and known is not None and has(known, telling, row)",
        "has_it = False",
    ),
    Named(
        "a step of which the portal has an earlier one that looks like it, and which is told never",
        "chalicelib/delivery/synchronisation/synchronising.py",
        ">= telling.same_before(row)",
        "> 0",
    ),
    Named(
        "a dossier that waits for its applicant and is told as ended",
        "chalicelib/delivery/synchronisation/told.py",
        "ENDS: Final = (DossierProcessed, DossierRefused, DossierStopped)",
        "ENDS: Final = (DossierProcessed, DossierRefused, DossierStopped, SupplementRequested)",
    ),
    Named(
        "a dossier that a worker tells of whose lease ended",
        "chalicelib/delivery/synchronisation/synchronising.py",
        "if found is None or found.due_at != sync.due_at:",
        "if found is None:",
    ),
    Named(
        "a notice that its person gets twice when a provider's answer was lost",
        "chalicelib/delivery/notices/sending.py",
        "known = begun.sender.find(channel, model.message_id(reference, begun.sending)) if begun.asks_first else None",
        "known = None",
    ),
    Named(
        "a notice that an agent gets whose mandate was revoked",
        "chalicelib/delivery/notices/receivers.py",
        'contact = (counter_of if known.state == "revoked" else contact_of)(known.dossier)',
        "contact = contact_of(known.dossier)",
    ),
    Named(
        "a bounce that a late report of an earlier delivery undoes",
        "chalicelib/dossier/notified.py",
        'if self.bounced_at and self.bounced_at >= (self.delivered_at or ""):',
        "if self.bounced_at and not self.delivered_at:",
    ),
    Named(
        "a notice that is sent again where its provider was not understood",
        "chalicelib/delivery/notices/model.py",
        'any(each.outcome in (None, "unreachable") for each in here)',
        "any(each.outcome is None for each in here)",
    ),
    Named(
        "a result that a destination gets twice when its answer was lost",
        "chalicelib/delivery/sending.py",
        "known = None if begun.is_first else self.carrier.find(way, name)",
        "known = None",
    ),
    Named(
        "a paper result that is handed over before it was converted",
        "chalicelib/delivery/takers.py",
        'if done is None or done.status != "converted" or not (done.conversion_id and done.agency_signature):',
        "if done is None:",
    ),
    Named(
        "a stranger's word by which an absent person's papers are accepted",
        "chalicelib/onestop/outcomes/authority.py",
        "if counter_scan(dossier, authorisation) is None:",
        "if False:",
    ),
    Named(
        "an officer who has a result posted to an address of their own",
        "chalicelib/delivery/addresses.py",
        "if dossier.head.channel == ONLINE:",
        "if False:",
    ),
    Named(
        "an officer who approves the birth of their own child",
        "chalicelib/dossier/ties.py",
        "for each in (*said, *apart(head.named)) if each",
        "for each in said if each",
    ),
    Named(
        "a result that anybody takes who says a name",
        "chalicelib/dossier/agents.py",
        "if scan:\n        return scan.id",
        "if True:\n        return authorisation",
    ),
    Named(
        "a task that is given to nobody and kept from all",
        "chalicelib/onestop/model.py",
        "if claim is None or claim.officer == officer_hash(who) or is_only_given(who, claim):",
        "if claim is None or claim.officer == officer_hash(who):",
    ),
    Named(
        "tasks that an officer takes, lets lie, and nobody hears",
        "chalicelib/dossier/unheld.py",
        "for listed in worklists(agency, kind):",
        "for listed in worklists(agency, kind)[:1]:",
    ),
    Named(
        "an original that anybody takes who says a name",
        "chalicelib/onestop/originals/hands.py",
        'if taker.to == "applicant":\n            return None',
        "if True:\n            return None",
    ),
    Named(
        "a result that an officer has fetched at the counter and nobody hears",
        "chalicelib/delivery/addresses.py",
        "if relation is not Relation.AGENCY or way not in _ENTERED:",
        "if True:",
    ),
    Named(
        "a result that anybody of its dossier has in the holder's app",
        "chalicelib/delivery/service.py",
        "if not allowed(order.who, acts.ASK_FOR[way], relation, stage_of(head)):",
        "if False:",
    ),
    Named(
        "a feed that shows dossiers of others",
        "chalicelib/subscriptions/reading.py",
        "if head is None or not self._may(who, head):",
        "if head is None:",
    ),
    Named(
        "a portal that hears of what others filed",
        "chalicelib/subscriptions/reading.py",
        "Relation.PORTAL if head.portal == who.portal else Relation.STRANGER",
        "Relation.PORTAL",
    ),
    Named(
        "a dossier that is fed twice by a batch that comes again",
        "chalicelib/subscriptions/fence.py",
        "fed = read(Fed, rows[key[0]]).number if key[0] in rows else 0",
        "fed = 0",
    ),
    Named(
        "a webhook to a name of which one address is inside",
        "chalicelib/subscriptions/sender.py",
        "not all(is_public(each) for each in addresses)",
        "not any(is_public(each) for each in addresses)",
    ),
    Named(
        "a webhook to an IPv4 address inside an IPv6 one",
        "chalicelib/subscriptions/targets.py",
        "return is_public(str(found.ipv4_mapped))",
        "return True",
    ),
    Named(
        "two runs that deliver one subscription at a time",
        "chalicelib/subscriptions/pushing.py",
        "or not self.deliveries.save(was, mine)",
        "or (self.deliveries.save(was, mine) and False)",
    ),
    Named(
        "a receiver that is tried for ever",
        "chalicelib/subscriptions/model.py",
        "if line.attempts >= len(WAITS):",
        "if line.attempts > len(WAITS):",
    ),
    Named(
        "a presigned form without a limit of size",
        "chalicelib/**/*.py",
        'Conditions=[{"Content-Type": media_type}, ["content-length-range", 1, max_bytes]],',
        'Conditions=[{"Content-Type": media_type}],',
    ),
    Named(
        "a right more than is needed",
        "infra/**/policies.py",
        '"identity_authorize": (),',
        '"identity_authorize": (items("Vaults", "DeleteItem"),),',
    ),
    Named(
        "an operation more than is needed",
        "infra/**/policies.py",
        '"digitisation_take_back": (items("Messages", "GetItem", *CHANGE),)',
        '"digitisation_take_back": (items("Messages", "GetItem", "DeleteItem", *CHANGE),)',
    ),
    Named(
        "the full personal number in the code of a converted paper",
        "chalicelib/**/*.py",
        "PersonalId.parse(applicant.personal_id).masked)",
        "applicant.personal_id)",
    ),
    Named(
        "the full personal number in the code of a receipt or result",
        "chalicelib/**/*.py",
        '"person_id": masked(private.personal_id, private.kind),',
        '"person_id": private.personal_id,',
    ),
    Named(
        "actor and state left out of the chain's hash",
        "chalicelib/kernel/record.py",
        'if k != "hash"}).encode()',
        'if k not in ("hash", "actor", "state")}).encode()',
    ),
    Named(
        "the actor left out of the chain's hash",
        "chalicelib/kernel/record.py",
        'if k != "hash"}).encode()',
        'if k not in ("hash", "actor")}).encode()',
    ),
    Named(
        "a result that is not certified",
        "chalicelib/**/*.py",
        "            certify=True,\n            told=told,",
        '            certify=paper.kind == "receipt",\n            told=told,',
    ),
    Named(
        "a receipt that is not certified",
        "chalicelib/**/*.py",
        "            certify=True,\n            told=told,",
        '            certify=paper.kind == "result",\n            told=told,',
    ),
    Named(
        "certified, but changes are allowed",
        "chalicelib/**/*.py",
        "docmdp_permissions=fields.MDPPerm.FILL_FORMS if room else fields.MDPPerm.NO_CHANGES,",
        "docmdp_permissions=fields.MDPPerm.FILL_FORMS,",
    ),
    Named(
        "an older list of search over a newer one",
        "chalicelib/**/*.py",
        'condition="attribute_not_exists(pk) OR as_of < :mine",',
        'condition="attribute_not_exists(pk) OR as_of <> :mine",',
    ),
    Named(
        "a drop secret under law that is not deleted",
        "chalicelib/**/*.py",
        "SECRET, checked.size)\n            self.files.remove(arrival.key, arrival.version)",
        "SECRET, checked.size)",
    ),
    Named(
        "a deletion that deletes nothing",
        "chalicelib/**/*.py",
        'aws.client("s3").delete_object(Bucket=INTAKE_BUCKET(), Key=key, VersionId=version)',
        'aws.client("s3").delete_object(Bucket=INTAKE_BUCKET(), Key=key)',
    ),
    Named(
        "links that live a week",
        "chalicelib/ledger/**/*.py",
        "LINK_LIVES: Final = 300",
        "LINK_LIVES: Final = 604800",
    ),
    Named(
        "a document that was withdrawn or replaced is reused and shared",
        "chalicelib/vault/fence.py",
        "attribute_exists(pk) AND attribute_not_exists(withdrawn_at) AND attribute_not_exists(replaced_by)",
        "attribute_exists(pk)",
    ),
    Named(
        "a grant that was withdrawn a moment ago gives a link",
        "chalicelib/vault/grants/store.py",
        'holds = "attribute_not_exists(withdrawn_at) AND #u >= :now"',
        'holds = "#u >= :now"',
    ),
    Named(
        "a document whose withdrawal was heard first comes in as one that stands",
        "chalicelib/vault/service.py",
        "        document = structs.replace(document, withdrawn_at=self.vaults.withdrawn_at(document.code))\n",
        "",
    ),
    Named(
        "a document that is withdrawn while it comes in stands",
        "chalicelib/vault/service.py",
        "            record.settled(partial(self._withdraw, owner, code, at))\n",
        "            pass\n",
    ),
    Named(
        "what an earlier release wrote into the ledger is shown from the vault's log, too",
        "chalicelib/vault/arrivals.py",
        "    if row.type not in TOLD or not row.actor:",
        "    if row.type not in TOLD:",
    ),
    Named(
        "another rule pack recorded than the one that was applied",
        "chalicelib/**/*.py",
        "due_at=due_at, rule_pack=pack.id)",
        "due_at=due_at, rule_pack=packs.all_packs()[0].id)",
    ),
    Named(
        "another rule pack told than the one that was applied",
        "chalicelib/**/*.py",
        "            rule_pack=pack.id,\n",
        "            rule_pack=packs.all_packs()[0].id,\n",
    ),
    Named(
        "a shared secret allowed by the authorizer",
        "chalicelib/**/*.py",
        'ALGORITHMS = ["ES256", "RS256"]',
        'ALGORITHMS = ["ES256", "RS256", "HS256"]',
    ),
    Named(
        "an officer vouched for by whichever issuer",
        "chalicelib/identity/tokens.py",
        "if kind_of(claims) not in issuer.kinds or issuer",
        "if issuer",
    ),
    Named(
        "a portal put into a token by whichever issuer",
        "chalicelib/identity/tokens.py",
        ' or issuer.exchanges != ("act" in claims):',
        ":",
    ),
    Named(
        "a person at another portal exchanged",
        "chalicelib/identity/exchange/*.py",
        "if proof.client != who.portal:",
        "if not proof.client:",
    ),
    Named(
        "an exchanged token exchanged again",
        "chalicelib/identity/exchange/*.py",
        " or judged.act is not None:",
        ":",
    ),
    Named(
        "the agency of a task not compared with the officer's",
        "chalicelib/onestop/desk.py",
        "if task is None or task.at not in who.agencies:",
        "if task is None:",
    ),
    Named(
        "an officer completes a task of their own dossier",
        "chalicelib/onestop/desk.py",
        'self.dossiers.require_other(who, dossier.head, work_of(dossier, task), now, anew=kind == "approve")',
        "pass",
    ),
    Named(
        "who represents the applicant elsewhere is a stranger to the dossier",
        "chalicelib/dossier/ties.py",
        "return known.numbers | {tie.other for tie in known.ties if tie.held(since, now)}",
        "return known.numbers",
    ),
    Named(
        "who ended a mandate a moment ago is a stranger to the dossier",
        "chalicelib/dossier/ties.py",
        "over = (said.ended_at or said.opens,)",
        "over = (said.opens,)",
    ),
    Named(
        "an idempotency item put without its condition",
        "chalicelib/dossier/references.py",
        'return aws.put_new(TABLE(), {"pk": pk, "sk": sk, **written(act)})',
        'return aws.put(TABLE(), {"pk": pk, "sk": sk, **written(act)})',
    ),
    Named(
        "a submission that leaves no idempotency item",
        "chalicelib/submission/*.py",
        "        change.use_key(used.holder, used.key, used.body, event=draft.head.seq + 1)\n",
        "",
    ),
    Named(
        "a submission that asks no fence",
        "chalicelib/submission/*.py",
        '_write(change.require("procedure", fence), used.account)',
        "_write(change, used.account)",
    ),
    Named(
        "the item of a code put without its condition",
        "chalicelib/dossier/references.py",
        "return aws.put_new(TABLE(), code_row(code, reference))",
        "return aws.put(TABLE(), code_row(code, reference))",
    ),
    Named(
        "a leg taken over by an older attempt",
        "chalicelib/dossier/*.py",
        '"attribute_not_exists(#e) OR #e = :mine OR #a < :attempt"',
        '"attribute_not_exists(#e) OR #e = :mine OR #a <> :attempt"',
    ),
    Named(
        "older news over newer in a read model",
        "chalicelib/dossier/news.py",
        'condition="attribute_not_exists(pk) OR #a < :newer"',
        'condition="attribute_not_exists(pk) OR #a <> :newer"',
    ),
    Named(
        "a task closed whatever its version is",
        "chalicelib/dossier/*.py",
        'remove=(*WORKLIST, SOUGHT[0]),\n            condition="#st = :open AND #ve = :version"',
        'remove=(*WORKLIST, SOUGHT[0]),\n            condition="#st = :open"',
    ),
    Named(
        "two dossiers out of a mandate for one act",
        "chalicelib/dossier/change.py",
        '"one act above": acting.above}',
        '"one act above": None}',
    ),
    Named(
        "a mandate holds before the file is here that its form asks for",
        "chalicelib/identity/**/*.py",
        "if is_awaited and terms.number not in head.proved:",
        "if is_awaited and terms is None:",
    ),
    Named(
        "another file stands for the one that a mandate names",
        "chalicelib/identity/**/*.py",
        "if found.sha256 != sha256:",
        "if found.sha256 is None:",
    ),
    Named(
        "a person's token that lies at a portal opens their vault",
        "chalicelib/kernel/access.py",
        "if (act in NOT_BY_PORTAL and who.portal) or _is_unexchanged(who, act):",
        "if act in NOT_BY_PORTAL and who.portal:",
    ),
    Named(
        "a person's token that lies at a portal reads the vault's document as a message",
        "chalicelib/kernel/access.py",
        "return act in NOT_BY_PORTAL | BY_EXCHANGE and",
        "return act in NOT_BY_PORTAL and",
    ),
    Named(
        "a person's token that lies at a portal puts a document of their vault into a draft",
        "chalicelib/kernel/access.py",
        '        "vault.reuse",\n',
        "",
    ),
    Named(
        "a person's token that lies at a portal opens the vault's document as a paper of a dossier",
        "chalicelib/onestop/views.py",
        "if found.reused or found.origin ==",
        "if found.superseded_by and found.origin ==",
    ),
    Named(
        "a stage that names no client of its own, whose every client is",
        "chalicelib/identity/authorizer.py",
        "    except SettingMissing:\n        return False",
        "    except SettingMissing:\n        return True",
    ),
    Named(
        "whoever asks opens the file that proves a mandate",
        "chalicelib/identity/**/*.py",
        "if not allowed(who, acts.READ_EVIDENCE, relation, stage_of(dossier)):",
        "if relation is None:",
    ),
    Named(
        "one officer alone says whose a paper of an archive is, where its sheet says no kind",
        "chalicelib/digitisation/reviews/opening.py",
        "return field in STATED or (",
        "return (",
    ),
    Named(
        "one officer alone types another name than was read, and the agency signs it",
        "chalicelib/digitisation/reviews/model.py",
        "        said = structs.replace(said, corrected=True)\n",
        "        pass\n",
    ),
    Named(
        "a name and a number that anybody prints bring a paper of an archive into a vault: it is not asked",
        "chalicelib/digitisation/archives/folder.py",
        "if line.owner_kind or not is_said:",
        "if not is_said:",
    ),
    Named(
        "a paper of an archive is in a vault though two officers said nothing of its owner",
        "chalicelib/digitisation/archives/folder.py",
        "(WHOSE if line.owner_kind else set())",
        "set()",
    ),
    Named(
        "what an officer typed counts as what the reader found on a paper of an archive",
        "chalicelib/digitisation/archives/folder.py",
        "{field.name: found.as_read(field) for field in found.fields}",
        "{field.name: field.value for field in found.fields}",
    ),
    Named(
        "an empty cell of an index sheet keeps a paper from being read as what it is called",
        "chalicelib/digitisation/archives/sheet.py",
        "return self.reads_as or kind_called(self.kind)",
        "return self.reads_as",
    ),
    Named(
        "reception answers the supplement of an online applicant who was not there",
        "chalicelib/onestop/supplement/counter.py",
        "    if present is None:\n        if is_officer:",
        "    if present is None:\n        if not is_officer:",
    ),
    Named(
        "a paper that answers a supplement is taken for the slip that its applicant signed",
        "chalicelib/onestop/supplement/counter.py",
        "slip.received_at > asked.at and not asked.came(slip)",
        "slip.received_at > asked.at",
    ),
    *(Named(*each) for each in (*GAMING, *SETTLEMENT, *REVIEWING, *PUBLISHING, *INSIDERS, *PAPERS, *BORDERS, *ROOMS)),
)


def mutant(named: Named) -> Mutant:
    """The named mutant of today's source. Raises NothingFound when its text is not there, or twice."""
    found = [p for p in sorted(ROOT.glob(named.where)) if named.old in p.read_text("utf-8")]
    if len(found) != 1 or found[0].read_text("utf-8").count(named.old) != 1:
        names = [p.relative_to(ROOT).as_posix() for p in found]
        raise NothingFound(f"“{named.what}” is to be found once, and is in {names}: mend tests/mutants/named.py")
    text = found[0].read_text("utf-8")
    first = text[: text.index(named.old)].count("\n") + 1
    lines = range(first, first + named.old.count("\n") + 1)
    file = found[0].relative_to(ROOT).as_posix()
    source, line = text.replace(named.old, named.new), text.splitlines()[first - 1].strip()
    return Mutant(file, "named", line, named.what, lines, _at_import(text, lines), source)


def mutants() -> Iterator[Mutant]:
    """All of them. Raises NothingFound."""
    return map(mutant, NAMED)


def _at_import(text: str, lines: range) -> bool:
    """Whether the lines stand outside of any function."""
    import ast

    functions = (n for n in ast.walk(ast.parse(text)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return not any(node.lineno < lines.start <= (node.end_lineno or 0) for node in functions)
