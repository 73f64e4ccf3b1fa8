"""What is left out of the definition of an API changes nothing that a gateway does with it."""

from infra.build.lean import INTEGRATION, made_lean


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


def test_a_head_has_no_words_of_its_own_and_what_the_gateway_answers_itself_stays_as_it_is():
    head, mock = body("head"), body("options", "mock")
    made_lean(head)
    made_lean(mock)
    assert "summary" not in head["paths"]["/a/{b}"]["head"]
    assert mock == body("options", "mock")
