"""The words of the deliveries of a result."""

from typing import Final

from infra.reference.word import DOSSIER, Word, time

RESULT: Final = f"{DOSSIER}-KQ1"

DELIVERED: Final[dict[str, Word]] = {
    "{destination}": Word("A destination that was asked for: app, post, counter or register", "counter"),
    "destination": Word("Where the result goes", "counter"),
    "AskDelivery.address": Word("With `post`, and with nothing else: where the post brings it"),
    "PostalAddress.phone": Word("Of whoever receives it", "0912345678"),
    "PostalAddress.address": Word("House, village, commune, province", "số 12, thôn Đông, xã Vĩnh Phước"),
    "HandOver.to": Word("The applicant, whom the dossier knows, or whoever came for them", "applicant"),
    "HandOver.proof": Word("What proves that they took it", "signature"),
    "HandedOverView.to": Word("Name of whoever took it; null of an erased dossier", "Trần Văn Thưởng"),
    "HandedOverView.by": Word("The officer who handed it over", "Trần Văn Bảo"),
    "HandedOverView.at": time("When it was handed over"),
    "HandedOverView.proof": Word("What proves it", "signature"),
    "proof_number": Word("Number of the proof; by post that of its receipt", "EM123456789VN"),
    "HandedOverView.paper": Word("A print of the electronic result, or a paper that was signed by hand", "print"),
    "conversion": Word(
        "The data message that a paper signed by hand was converted into", "MC-7K3D9M2QW8XZ4T1B.01JDH5W3R7"
    ),
    "authorisation": Word("The scan of the paper by which an agent takes it, who has no mandate", "2b7e58959f687a90"),
    "SignedAddress.number": Word("Their number as on their identity paper", "087195000001"),
    "SignedAddress.slip": Word("The scan of the slip that they signed", "2b7e58959f687a90"),
    "at_counter": Word("Who signed for the address, by which slip; null where the applicant asks"),
    "handed_over": Word("Who took it, and what proves it; null where nobody handed it over"),
    "progress": Word("How far it is", "delivered"),
    "DeliveryView.document": Word("Code of the result; null before there is one", RESULT),
    "asked_at": time("When it was asked for; null of the vault"),
    "settled_at": time("When it had the result, or was waited for no more"),
    "DeliveryView.expires_at": time("Until when it is waited for; null: no end is set"),
    "next_at": time("When something is done next; null: nothing is to be done"),
    "DeliveryView.receipt": Word("By what the destination acknowledged it", "EM123456789VN"),
    "parked_at": time("When it was left to a person"),
    "DeliveryView.why": Word("Why it was: refused, unreachable, silent or mandate_ended", "refused"),
    "DeliveryView.attempts": Word("The last attempts, in order"),
    "begun_at": time("When it began"),
    "ended_at": time("When it ended; null while it goes on, or when it was cut off"),
    "AttemptView.outcome": Word("What came of it", "delivered"),
    "RoutingView.code": Word("Name of the policy (rule `mandate.routing`)", "both-active"),
    "waits": Word("Whether the dossier is not returned before all of these have it", example=False),
    "routing": Word("By which policy a result under a mandate is kept; null where no clause says it"),
    "deliveries": Word("The vault, or the authority alone; then what was asked for beside it"),
}
