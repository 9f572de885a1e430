"""The contract files, to hold what a client sends against them."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx
import jsonschema_rs
import yaml

from onestop.paths import RESOURCES
from support.ainas import CREDENTIALS

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAIR = f"{CREDENTIALS.api_key}:{CREDENTIALS.api_password}"
AUTHORIZATION = {"Authorization": "Basic " + base64.b64encode(_PAIR.encode()).decode("ascii")}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the contract."""

    method: str
    path: re.Pattern[str]
    content: dict[str, Any]


class Contract:
    """One file of resources/contract, ready to be held against requests that carry `CREDENTIALS`.

    Args:
        service: ejibai, airas or ainas; the first two speak of components of the third.
    """

    def __init__(self, service: str) -> None:
        self._root = f"/{service}/v1"
        self._spec = _file(service)
        self._components: dict[str, Any] = {
            "schemas": _file("ainas")["components"]["schemas"] | self._spec["components"]["schemas"]
        }

    def breaches(self, request: httpx.Request) -> list[str]:
        """Say what is wrong with a request; an operation that the contract does not know is wrong as well."""
        path = request.url.raw_path.decode("ascii").partition("?")[0].removeprefix(self._root)
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
        expected = None if is_public else AUTHORIZATION["Authorization"]
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
        whole = schema | {"components": self._components}
        return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


class Service:
    """Stands in for a service in this process: one answer for everything; every request has to keep the contract."""

    def __init__(self, contract: Contract, status: int, content: object = None) -> None:
        self.requests: list[httpx.Request] = []
        self.http = httpx.MockTransport(self._answer)
        self._contract = contract
        self._status = status
        self._content = content

    def _answer(self, request: httpx.Request) -> httpx.Response:
        assert self._contract.breaches(request) == []
        self.requests.append(request)
        return httpx.Response(self._status, json=self._content) if self._content else httpx.Response(self._status)


@cache
def contract_file(service: str) -> dict[str, Any]:
    """Return one file as it is, read once; nobody changes it."""
    with (RESOURCES / "contract" / f"{service}.yaml").open("rb") as file:
        return dict(yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506 - both are safe


@cache
def _file(service: str) -> dict[str, Any]:
    """Return the same with everything that it speaks of in one place."""
    text = json.dumps(contract_file(service), ensure_ascii=False)
    return dict(json.loads(text.replace("ainas.yaml#/", "#/")))
