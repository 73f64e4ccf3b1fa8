"""The route that tells somebody who they are here."""

from chalice import Blueprint

from chalicelib.identity import acts
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.identity.wire import Me
from chalicelib.kernel.access import roles_of
from chalicelib.kernel.endpoint import Api, Call

bp = Blueprint(__name__)
api = Api(bp, identity_authorize)


@api.route("GET", "/v1/me", act=acts.ME, answer=Me)
def read_me(call: Call) -> Me:
    """Read who I am here: kind, level of identity, roles, for whom I act."""
    who = call.principal
    return Me.model_validate(
        {
            "kind": who.kind,
            "name": who.name,
            "level": who.level,
            "agency": who.agency,
            "roles": sorted(roles_of(who)),
            "organisation": who.organisation,
            "organisation_name": who.organisation_name,
            "portal": who.portal,
        }
    )
