"""Lambda authorizers are called: LocalStack community stores them and answers 200 to a request without a token."""

import json
from fnmatch import fnmatchcase
from typing import Any

from localstack.runtime import hooks


def allows(policy: dict[str, Any], arn: str) -> bool:
    """Whether a policy lets the caller invoke the method."""

    def said(effect: str) -> bool:
        texts = [s["Resource"] for s in policy["Statement"] if s["Effect"] == effect]
        return any(fnmatchcase(arn, one) for r in texts for one in ([r] if isinstance(r, str) else r))

    return said("Allow") and not said("Deny")


def _ask(aws: Any, authorizer: dict[str, Any], token: str, arn: str) -> dict[str, Any]:
    """The answer of a token authorizer. Raises: what API Gateway answers instead."""
    from localstack.services.apigateway.next_gen.execute_api import gateway_response as refuse

    function = authorizer["authorizerUri"].split("/functions/")[1].removesuffix("/invocations")
    event = {"type": "TOKEN", "authorizationToken": token, "methodArn": arn}
    out = aws.lambda_.invoke(FunctionName=function, Payload=json.dumps(event))
    answer = json.load(out["Payload"])
    if not out.get("FunctionError"):
        return answer
    if answer.get("errorMessage") == "Unauthorized":  # how an authorizer asks for 401
        raise refuse.UnauthorizedError("Unauthorized")
    raise refuse.AuthorizerConfigurationError


def authorize(chain: Any, context: Any, response: Any) -> None:
    """A handler of LocalStack's gateway: 401, 403, 500, or the principal in the request's context."""
    from localstack.aws.connect import connect_to
    from localstack.services.apigateway.next_gen.execute_api import gateway_response as refuse

    del chain, response
    method = context.resource_method
    if method.get("authorizationType") != "CUSTOM":
        return
    aws = connect_to(aws_access_key_id=context.account_id, region_name=context.region)
    authorizer = aws.apigateway.get_authorizer(restApiId=context.api_id, authorizerId=method["authorizerId"])
    request = context.invocation_request
    token = request["headers"].get(authorizer["identitySource"].rpartition(".")[2])
    if not token:
        raise refuse.UnauthorizedError("Unauthorized")
    target = f"{context.api_id}/{context.stage}/{request['http_method']}{request['path']}"
    arn = f"arn:aws:execute-api:{context.region}:{context.account_id}:{target}"
    answer = _ask(aws, authorizer, token, arn)
    if not allows(answer["policyDocument"], arn):
        raise refuse.AccessDeniedError("User is not authorized to access this resource")
    context.context_variables["authorizer"] = {"principalId": answer["principalId"], **answer.get("context", {})}


@hooks.on_infra_start()
def call_authorizers() -> None:
    """Put `authorize` before the method is looked at."""
    from localstack.services.apigateway.next_gen.execute_api import handlers

    handlers.preprocess_request.append(authorize)
