"""Give a portal a token for a person who signed in there; tell the person of a portal that tries without."""

from dataclasses import dataclass

from chalicelib.identity.exchange.model import GRANT, Exchanged, Terms, claims_for
from chalicelib.identity.exchange.ports import Keys, Ledgers, Tokens
from chalicelib.identity.refusals import GrantNotSupported, NotSignedInHere, TargetUnknown
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.problem import TokenRefused


@dataclass(frozen=True)
class Exchange:
    """Use cases of the exchange."""

    tokens: Tokens
    keys: Keys
    ledgers: Ledgers
    terms: Terms
    clock: Clock

    def exchange(self, who: Principal, grant: str, subject_token: str, targets: tuple[str, ...]) -> Exchanged:
        """A token by which the portal asks for the person of `subject_token`; it ends no later than that one.

        Raises GrantNotSupported, TargetUnknown, TokenRefused, NotSignedInHere.
        """
        if grant != GRANT:
            raise GrantNotSupported
        if not {self.terms.audience, self.terms.issuer}.issuperset(targets):
            raise TargetUnknown
        proof, now = self.tokens.proof(subject_token), self.clock()
        if proof.client != who.portal:
            self.ledgers.refused(proof.person.holder, who.portal, now)
            raise NotSignedInHere
        if not proof.audience.intersection((self.terms.audience, who.portal)):
            raise TokenRefused
        begins = int(now.timestamp())
        ends = min(begins + self.terms.seconds, int(proof.ends))
        if ends <= begins:  # our clock is a little behind the provider's: who checks a token forgives that, we add none
            raise TokenRefused
        made = claims_for(proof.person, who.portal, self.terms, begins, ends)
        return Exchanged(self.keys.signed(made), ends - begins)

    def published(self) -> list[dict[str, str]]:
        """The public keys by which tokens of this exchange are checked."""
        return self.keys.published()
