"""What is left out of the definition of an API changes nothing that a gateway does with it."""

from infra.build.lean import EXPOSED, INTEGRATION, made_lean


def body(method, kind="aws_proxy"):
    return {
        "paths": {
            "/a/{b}": {
                method: {
                    "consumes": ["application/json"],
                    "produces": ["application/json"],
                    "responses": {"200": {"description": "200 response"}},
                    "summary": "Read it.",
                    "security": [{"identity_authorize": []}],
                    "parameters": [{"name": "b", "in": "path", "required": True, "type": "string"}],
                    INTEGRATION: {
                        "type": kind,
                        "uri": "arn",
                        "httpMethod": "POST",
                        "contentHandling": "CONVERT_TO_TEXT",
                        "passthroughBehavior": "when_no_match",
                        "responses": {"default": {"statusCode": "200"}},
                    },
                }
            }
        }
    }


def test_an_operation_keeps_who_may_what_it_takes_and_where_it_goes():
    given = body("get")
    made_lean(given)
    kept = body("get")["paths"]["/a/{b}"]["get"]
    assert given["paths"]["/a/{b}"]["get"] == {
        "summary": "Read it.",
        "responses": {},
        "security": kept["security"],
        "parameters": kept["parameters"],
        INTEGRATION: {"type": "aws_proxy", "uri": "arn", "httpMethod": "POST"},
    }


def test_a_head_has_no_words_of_its_own():
    head = body("head")
    made_lean(head)
    assert "summary" not in head["paths"]["/a/{b}"]["head"]


def mock(method, response):
    given = body(method, "mock")
    operation = given["paths"]["/a/{b}"][method]
    operation["responses"] = {
        "200": {"description": "200 response", "headers": {"Allow": {"type": "string"}}, **response}
    }
    answer = {"statusCode": "200", "responseTemplates": {"text/html": "<p>a page</p>"}}
    operation[INTEGRATION]["responses"] = {"default": answer}
    return given


def test_a_preflight_keeps_its_headers_and_how_its_empty_body_is_handled():
    given = mock("options", {"schema": {"$ref": "#/definitions/Empty"}})
    operation = given["paths"]["/a/{b}"]["options"]
    operation["responses"]["200"]["headers"][EXPOSED] = {"type": "string"}
    parameters = {f"method.response.header.{EXPOSED}": "'ETag'", "method.response.header.Allow": "'GET'"}
    operation[INTEGRATION]["responses"]["default"]["responseParameters"] = parameters
    made_lean(given)
    assert parameters == {"method.response.header.Allow": "'GET'"}
    assert operation["responses"] == {"200": {"description": "", "headers": {"Allow": {"type": "string"}}}}
    assert operation[INTEGRATION]["contentHandling"] == "CONVERT_TO_TEXT"
    assert not {"consumes", "produces"} & operation.keys()


def test_a_page_of_the_gateway_is_whole_and_its_head_has_no_text():
    page, head = mock("get", {}), mock("head", {})
    made_lean(page)
    made_lean(head)
    assert page == mock("get", {})
    told = head["paths"]["/a/{b}"]["head"][INTEGRATION]["responses"]["default"]
    assert told == {"statusCode": "200", "responseTemplates": {"text/html": ""}}
