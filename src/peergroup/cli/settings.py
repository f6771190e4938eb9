"""`peergroup settings`."""

from typing import Any

from peergroup.cli.output import Json, show_json, show_table


def settings(*, as_json: Json = False) -> None:
    """Show the configuration, secrets hidden. Each setting is an environment variable PEERGROUP_<NAME>."""
    from peergroup.kit.settings import Settings

    found = Settings()
    said = [
        {
            "variable": f"PEERGROUP_{name.upper()}",
            "value": _shown(name, getattr(found, name)),
            "set": name in found.model_fields_set,
            "meaning": field.description or "",
        }
        for name, field in Settings.model_fields.items()
    ]
    if as_json:
        show_json({"settings": said})
    else:
        show_table(
            ["variable", "value", "meaning"],
            [
                (one["variable"], "-" if one["value"] is None else one["value"], one["meaning"])
                for one in said
            ],
        )


def _shown(name: str, value: Any) -> Any:
    from pydantic import SecretStr
    from sqlalchemy.engine import make_url

    if isinstance(value, SecretStr):
        return "(hidden)"
    if name == "database_url":
        return make_url(value).render_as_string(hide_password=True)
    if isinstance(value, list):
        return [str(one) for one in value]
    return value
