"""Every route of the application, as the matrices walk them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from fastapi.routing import APIRoute
from pydantic import BaseModel

from peergroup.app import assemble
from peergroup.kit.policy import EVERYBODY
from peergroup.kit.routing import Meta


@dataclass(frozen=True)
class Operation:
    """One route: its operation id, and what it declares."""

    name: str
    meta: Meta
    route: APIRoute

    @property
    def parameters(self) -> list[str]:
        """The names in its path."""
        return re.findall(r"{(\w+)}", self.meta.path)

    @property
    def is_left_to_the_lookup(self) -> bool:
        """Whether everybody may ask about something named in the path, so that being found decides."""
        return self.meta.policy.roles == EVERYBODY.roles and bool(self.parameters)

    @property
    def said(self) -> str:
        return f"{self.name} ({self.meta.method} {self.meta.path})"

    @property
    def body(self) -> type[BaseModel] | None:
        """The schema of its body, if it has one."""
        field = self.route.body_field
        return None if field is None else _model_in(field.field_info.annotation)

    def body_ids(self) -> set[str]:
        """The names of the fields of its body, at any depth, that hold identifiers."""
        return set() if self.body is None else _id_names(self.body)

    def query_ids(self) -> set[str]:
        """The names of its query parameters that hold identifiers."""
        flat = self.route.dependant.query_params
        return {field.alias for field in flat if _mentions(field.field_info.annotation, UUID)}


@lru_cache(maxsize=1)
def operations() -> tuple[Operation, ...]:
    """Every route of the application, sorted by its operation id."""
    found = [
        Operation(route.operation_id or route.name, route.endpoint.meta, route)
        for route in assemble().routes
        if isinstance(route, APIRoute)
    ]
    return tuple(sorted(found, key=lambda operation: operation.name))


def _arguments(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__args__", None) or ()


def _mentions(annotation: Any, kind: Any) -> bool:
    return annotation is kind or any(_mentions(one, kind) for one in _arguments(annotation))


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for one in _arguments(annotation) for model in _models(one)]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    return next(iter(_models(annotation)), None)


def _id_names(model: type[BaseModel]) -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        if _mentions(field.annotation, UUID):
            found.add(field.alias or name)
        for inner in _models(field.annotation):
            found |= _id_names(inner) if inner is not model else set()
    return found
