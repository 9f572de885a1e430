"""The three contract files, read once: which operations there are, and what they may be asked and may answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import yaml

from onestop_sandbox.wire import FieldError, Problem, Wire

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SERVICES = ("ejibai", "airas", "ainas")
_METHODS = ("get", "put", "post", "delete", "patch")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,99})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation, in `path`, `query` or `header`."""

    name: str
    place: str
    required: bool
    integer: bool
    validator: jsonschema_rs.Draft202012Validator = field(repr=False)

    def read(self, text: str) -> str | int:
        """Return the value that was sent.

        Raises:
            Problem: 422, it breaks the contract.
        """
        value = int(text) if self.integer and _INTEGER.fullmatch(text) else text
        for error in self.validator.iter_errors(value):
            raise invalid(FieldError(self.name, _message(error)))
        return value


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a contract."""

    service: str
    name: str
    method: str
    secured: bool
    parameters: tuple[Parameter, ...] = field(repr=False)
    body: jsonschema_rs.Draft202012Validator | None = field(repr=False)
    responses: Mapping[str, tuple[str, jsonschema_rs.Draft202012Validator] | None] = field(repr=False)
    """Media type and check of the body by status; `default` covers the rest, None means no body."""

    @property
    def label(self) -> str:
        """Return service and name, as in `ainas.submitFiling`."""
        return f"{self.service}.{self.name}"

    def at(self, place: str) -> tuple[Parameter, ...]:
        """Return the parameters of one place."""
        return tuple(each for each in self.parameters if each.place == place)

    def check_body(self, document: object) -> Wire:
        """Return the request body if it keeps the contract.

        Raises:
            Problem: 422 with every field that is wrong.
        """
        if self.body is None:
            return {}
        errors = tuple(_field_error(each) for each in self.body.iter_errors(document))
        if errors:
            raise invalid(*errors)
        if not isinstance(document, dict):  # every body of the contract is an object, the schema has said so
            raise TypeError(self.label)
        return document

    def answer_fault(self, status: int, content_type: str | None, document: object) -> str | None:
        """Return what an answer has wrong against the contract, or None."""
        rule = self.responses.get(str(status), self.responses["default"])
        if rule is None:
            return None if content_type is None else "a body where the contract has none"
        media, validator = rule
        if content_type != media:
            return f"{content_type} where the contract says {media}"
        return next((f"{error.instance_path}: {error.kind.name}" for error in validator.iter_errors(document)), None)


@dataclass(frozen=True, slots=True)
class _Route:
    pattern: re.Pattern[str]
    names: tuple[str, ...]
    operations: Mapping[str, Operation]


@dataclass(frozen=True, slots=True)
class Match:
    """The operation that a request means, with the values in its path."""

    operation: Operation
    values: Mapping[str, str] = field(repr=False)


@cache
def contract_of(folder: Path) -> Contract:
    """Return the contracts of a folder; they are read once, as they do not change while a program runs."""
    return Contract(folder)


class Contract:
    """All operations of the three services, found by method and path."""

    def __init__(self, folder: Path) -> None:
        self._files = {name: _read(folder / f"{name}.yaml") for name in SERVICES}
        self._definitions = {
            f"{name}.{kind}.{key}": self._localised(name, entry)
            for name, document in self._files.items()
            for kind in ("schemas", "responses")
            for key, entry in document["components"].get(kind, {}).items()
        }
        self._routes = sorted(
            (
                self._route(name, path, item)
                for name, file in self._files.items()
                for path, item in file["paths"].items()
            ),
            key=lambda route: len(route.names),  # /filings/progress before /filings/{filing_id}
        )

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Return every operation."""
        return tuple(each for route in self._routes for each in route.operations.values())

    def find(self, method: str, path: str) -> Match:
        """Return the operation.

        Raises:
            Problem: 404, there is no such path; 405, it has other methods.
        """
        for route in self._routes:
            found = route.pattern.fullmatch(path)
            if found is None:
                continue
            if method not in route.operations:
                raise Problem(405, "method_not_allowed", "この操作はできません").allowing(*route.operations)
            return Match(route.operations[method], dict(zip(route.names, found.groups(), strict=True)))
        raise Problem(404, "not_found", "見つかりません", "この住所にサービスはありません。")

    def _route(self, service: str, path: str, item: Wire) -> _Route:
        base = self._files[service]["servers"][0]["url"]
        names = tuple(re.findall(r"\{(\w+)\}", path))
        pattern = re.compile(re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(base + path)))
        shared = item.get("parameters", [])
        operations = {
            method.upper(): self._operation(service, method, item[method], shared)
            for method in _METHODS
            if method in item
        }
        return _Route(pattern, names, operations)

    def _operation(self, service: str, method: str, item: Wire, shared: list[Wire]) -> Operation:
        body = item.get("requestBody")
        security = item.get("security", self._files[service]["security"])
        return Operation(
            service=service,
            name=item["operationId"],
            method=method.upper(),
            secured=bool(security),
            parameters=tuple(self._parameter(service, each) for each in [*shared, *item.get("parameters", [])]),
            body=None if body is None else self._validator(service, body["content"]["application/json"]["schema"]),
            responses={status: self._response(service, each) for status, each in item["responses"].items()},
        )

    def _parameter(self, service: str, item: Wire) -> Parameter:
        return Parameter(
            name=item["name"],
            place=item["in"],
            required=item.get("required", False),
            integer=item["schema"].get("type") == "integer",
            validator=self._validator(service, item["schema"]),
        )

    def _response(self, service: str, item: Wire) -> tuple[str, jsonschema_rs.Draft202012Validator] | None:
        whole = self._localised(service, item)
        if "$ref" in whole:  # a description may stand beside it; OpenAPI 3.1 allows that
            whole = self._definitions[whole["$ref"].removeprefix("#/$defs/")]
        for media, content in whole.get("content", {}).items():
            return media, self._validator(service, content["schema"])
        return None

    def _validator(self, service: str, schema: Wire) -> jsonschema_rs.Draft202012Validator:
        whole = {"$defs": self._definitions, "allOf": [self._localised(service, schema)]}
        return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)

    def _localised(self, service: str, node: Any) -> Any:  # noqa: ANN401 - any piece of a YAML document
        if isinstance(node, dict):
            return {
                key: self._pointer(service, value) if key == "$ref" else self._localised(service, value)
                for key, value in node.items()
            }
        if isinstance(node, list):
            return [self._localised(service, each) for each in node]
        return node

    @staticmethod
    def _pointer(service: str, reference: str) -> str:
        if reference.startswith("#/$defs/"):  # rewritten already
            return reference
        file, _, path = reference.partition("#/components/")
        return f"#/$defs/{file.removesuffix('.yaml') or service}.{path.replace('/', '.')}"


def invalid(*errors: FieldError) -> Problem:
    """Return the 422 for these fields."""
    return Problem(422, "invalid_request", "内容に誤りがあります", errors[0].message).about(*errors)


def _read(path: Path) -> Wire:
    with path.open(encoding="utf-8") as file:
        document: Wire = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
    return document


def _field_error(error: jsonschema_rs.ValidationError) -> FieldError:
    kind = error.kind
    names = [str(each) for each in error.instance_path]
    if kind.name == "required":
        names.append(kind.as_dict()["property"])
    if kind.name == "additionalProperties":
        names.append(kind.as_dict()["unexpected"][0])
    return FieldError(".".join(names), _message(error))


_MESSAGES = {
    "required": "入力してください。",
    "minLength": "入力してください。",
    "maxLength": "長すぎます。",
    "pattern": "形式が正しくありません。",
    "format": "形式が正しくありません。",
    "enum": "選べる値ではありません。",
    "type": "値の種類が正しくありません。",
    "minimum": "小さすぎます。",
    "maximum": "大きすぎます。",
    "additionalProperties": "知らない項目です。",
    "uniqueItems": "同じものが二度あります。",
    "maxItems": "多すぎます。",
    "minItems": "一つ以上必要です。",
}


def _message(error: jsonschema_rs.ValidationError) -> str:
    return _MESSAGES.get(error.kind.name, "正しくありません。")
