"""Words for who represents whom, by mandate."""

from typing import Final

from infra.reference.word import CODE, Word, day, time

MANDATE: Final = "MD-7K3D9M2QW8XZ4T1B"
LEFT_OUT: Final = "; left out: as the law says"

REPRESENTED: Final[dict[str, Word]] = {
    "acting": Word("Who signed for the organisation; empty for a person", "Phạm Thu Hằng"),
    "allows_sub_mandates": Word("Whether the representative may give a mandate out of it", example=False),
    "closes": time("When its term is over; null: before it holds, or while the act goes on that it is for"),
    "ended_at": time("When it ended or was declined; null: it did not"),
    "ended_reason": Word("Why, in the words of whoever ended it; null: nobody said", "Không còn cần"),
    "ended_why": Word("How it ended, by a code of the law; null: it did not", "withdrawn_by_represented"),
    "ends_on": day("Last day" + LEFT_OUT),
    "evidence": Word("What proves the form: a certified one by a file, a notarised one by its number"),
    "is_kept": Word("Whether the file came and is the one that is named", example=True),
    "for_one_act": Word("It lasts until the one act ends that it is for", example=False),
    "identity": Word("Twelve digits; a foreigner's document, `USA:X1234567`; an organisation's number", "001093054321"),
    "PartyView.identity": Word("The last three characters; of an organisation the whole number", "*********321"),
    "EvidenceBody.reference": Word("Name of the file, reference of the ID app, or notarial number", "uy-quyen.pdf"),
    "EvidencePost.fields": Word(
        "Fields of the form, as they are", example={"key": f"evidence/{MANDATE}/1", "Content-Type": "application/pdf"}
    ),
    "EvidenceView.reference": Word("Name of the file, reference of the ID app, or notarial number", "uy-quyen.pdf"),
    "MandateView.giver": Word("Who gave the sub-mandate; null: it is none"),
    "MandateView.id": Word("Its name, for the next request", MANDATE),
    "mandates": Word("My mandates of this page, the newest first"),
    "may": Word("What the representative may do beside filing, which is always meant", "supplement"),
    "my_side": Word("Which side I am", "represented"),
    "not_known": Word("What the law asks and nobody here can say", "representative_capacity"),
    "OtherBody.name": Word("Their name, as I know it; after they confirmed, as their token has it", "Trần Văn Thưởng"),
    "PartyView.name": Word("Name of the person or organisation", "Trần Văn Thưởng"),
    "TermsView.number": Word("Number of the terms, from 1: it is what the other side confirms", 1),
    "offered_at": time("When they were offered"),
    "offered_by": Word("Which side offered them", "represented"),
    "opens": time("From when it holds; null: nobody confirmed it yet"),
    "other": Word("The other side; nobody looks it up"),
    "procedures": Word("Codes of the procedures: its scope (Civil Code Art. 141(4))", CODE),
    "RevocationBody.reason": Word("Why, for the other side", "Không còn cần"),
    "representative": Word("Who acts for another"),
    "represented": Word("For whom another acts"),
    "role": Word("Which side I am: represented or representative", "represented"),
    "starts_on": day("First day; left out: when it is confirmed"),
    "storage": Word("Where electronic results are kept; compulsory, without a default", "PRINCIPAL"),
    "sub_mandates": Word("Mandates that were given out of it", MANDATE),
    "terms": Word("The terms that hold; null: none yet"),
    "NumberBody.terms": Word("Number of the terms that were read", 1),
    "under": Word("The mandate out of which it was given; null: none", MANDATE),
    "waiting": Word("Terms that wait for a confirmation; null: none do"),
    "{mandate}": Word("`id` of a mandate", MANDATE),
}
