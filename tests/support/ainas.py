"""What goes to AINAS and comes back, made up, with valid defaults; and the contract to hold it against."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import jsonschema_rs
import yaml

from onestop.gateway.ainas import FilingRequest
from onestop.gateway.transport import Credentials
from onestop.paths import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

KEY = UUID("8f14e45f-ceea-467f-9575-6dfd0d1c8a11")
CREDENTIALS = Credentials("鍵-key", "ひみつ-pass:word")


def a_filing_request(**changes: Any) -> FilingRequest:  # noqa: ANN401 - any field, also a wrong one
    """Return the manual's sample, with changes."""
    sample = {
        "control_number": 1,
        "requester_site_code": "0812345",
        "agent_site_id": "D0000123",
        "procedure": "継続検査",
        "vehicle_class": "普通",
        "planned_date": None,
        "registration_number": {"area": "土浦", "class_number": "1", "kana": "あ", "serial": "1111"},
        "chassis_number": "ABC123",
        "officially_stamped": False,
        "user": {
            "name": "カーネット太郎",
            "kind": "個人",
            "representative": "カーネット太郎",
            "address1": "茨城県古河市",
            "address2": None,
        },
        "insurance_certificate_number": None,
        "conformity_certificate_number": None,
        "certificate_update": None,
        "recording_contract_number": None,
    }
    return FilingRequest.model_validate(sample | changes)


def a_filing_answer(**changes: object) -> dict[str, object]:
    """Return a FilingProgress as it comes over the wire, with changes."""
    return {
        "filing_id": "1000000008",
        "control_number": 1,
        "requested_at": "2026-11-24T09:15:00+09:00",
        "status": "受付前",
        "oss_status": None,
        "status_updated_at": "2026-11-24T09:15:00+09:00",
        "message": None,
        "fees": [{"kind": "検査登録手数料", "amount": None, "payment_status": None, "due_date": None}],
    } | changes


def a_problem(status: int, code: str = "some_code", **changes: object) -> dict[str, object]:
    """Return a Problem as it comes over the wire, with changes."""
    return {
        "type": "about:blank",
        "status": status,
        "code": code,
        "title": "題名",
        "detail": "説明",
        "request_id": "3f6c2a9e",
    } | changes


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the contract."""

    method: str
    path: re.Pattern[str]
    content: dict[str, Any]


class AinasContract:
    """resources/contract/ainas.yaml, ready to be held against requests."""

    def __init__(self) -> None:
        self._spec: dict[str, Any] = yaml.safe_load((RESOURCES / "contract" / "ainas.yaml").read_text("utf-8"))

    def breaches(self, request: httpx.Request) -> list[str]:
        """Say what is wrong with a request; an operation that the contract does not know is wrong as well."""
        path = request.url.path.removeprefix("/ainas/v1")
        for operation in self._operations():
            if operation.method == request.method and (found := operation.path.fullmatch(path)):
                return [
                    *self._bad_parameters(operation, request, found.groupdict()),
                    *self._bad_body(operation, request),
                ]
        return [f"no such operation: {request.method} {path}"]

    def schema(self, name: str) -> jsonschema_rs.Draft202012Validator:
        """Return the validator of one named schema."""
        return self._validator({"$ref": f"#/components/schemas/{name}"})

    def example(self, operation_id: str, status: str) -> object:
        """Return the contract's own example of an answer."""
        content = next(each.content for each in self._operations() if each.content["operationId"] == operation_id)
        return content["responses"][status]["content"]["application/json"]["example"]

    def _operations(self) -> Iterator[Operation]:
        for path, item in self._spec["paths"].items():
            pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
            shared = item.get("parameters", [])
            for method in item.keys() - {"parameters"}:
                content = item[method] | {"parameters": [*shared, *item[method].get("parameters", [])]}
                yield Operation(method.upper(), pattern, content)

    def _bad_parameters(self, operation: Operation, request: httpx.Request, in_path: dict[str, str]) -> Iterator[str]:
        known = {each["name"] for each in operation.content["parameters"] if each["in"] == "query"}
        yield from (f"unknown query {name}" for name in request.url.params.keys() - known)
        places = {"query": request.url.params, "header": request.headers, "path": in_path}
        for parameter in operation.content["parameters"]:
            value = places[parameter["in"]].get(parameter["name"])
            if value is None and parameter.get("required"):
                yield f"{parameter['name']} is missing"
            if value is not None:
                typed = int(value) if parameter["schema"].get("type") == "integer" else value
                yield from self._errors(parameter["schema"], typed)
        is_public = operation.content.get("security") == []
        expected = None if is_public else "Basic " + base64.b64encode("鍵-key:ひみつ-pass:word".encode()).decode()
        if request.headers.get("Authorization") != expected:
            yield "credentials"

    def _bad_body(self, operation: Operation, request: httpx.Request) -> Iterator[str]:
        if "requestBody" not in operation.content:
            if request.content:
                yield "a body that the contract does not know"
            return
        if request.headers["Content-Type"] != "application/json":
            yield "the body is not called JSON"
        schema = operation.content["requestBody"]["content"]["application/json"]["schema"]
        yield from self._errors(schema, json.loads(request.content))

    def _errors(self, schema: dict[str, Any], value: object) -> Iterator[str]:
        yield from (error.message for error in self._validator(schema).iter_errors(value))

    def _validator(self, schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
        whole = schema | {"components": self._spec["components"]}
        return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
