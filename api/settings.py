"""The only place that reads the environment: CREDITGRAPH_* and NEO4J_*.

Read once, passed down; nothing below api knows that settings exist.
"""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.language import Language, known_language
from graph.errors import BadInput


class Settings(BaseSettings):
    """Effective settings; every field is described in docs/reference/settings.md.

    A field `x` is read from `CREDITGRAPH_X`, else from the file `creditgraph.env`
    in the working folder, else it has the default below.
    """

    model_config = SettingsConfigDict(
        env_prefix="CREDITGRAPH_",
        env_file="creditgraph.env",
        extra="ignore",
        frozen=True,
    )

    data: Path = Field(
        default=Path("creditgraph-data"),
        description="Data folder: embedded store, secrets, quarantine, logs.",
    )
    host: str = Field(default="127.0.0.1", description="Address the API binds.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port of the API.")
    language: Language = Field(
        default="zh", description="Language of command-line texts."
    )
    purpose: Literal["production", "demo"] = Field(
        default="production",
        description="What the store is for; a store keeps the purpose it began with.",
    )
    embedded_memory: str = Field(
        default="1g", description="Heap of the embedded server, as java's -Xmx."
    )
    refresh_seconds: float = Field(
        default=1.0,
        gt=0,
        description="How often the API looks for what other processes wrote.",
    )
    upload_mb: int = Field(
        default=256, gt=0, description="Largest file the API takes, in MB."
    )
    stdin_mb: int = Field(
        default=16_384,
        gt=0,
        description="Most that `creditgraph load -` takes from standard input, in MB.",
    )
    risk_model: Path | None = Field(
        default=None,
        description="File of the risk model, or `demonstration` for the learnt one that "
        "comes along; the scorecard of the service when unset.",
    )
    neo4j_uri: str | None = Field(
        default=None,
        validation_alias="NEO4J_URI",
        description="Bolt address of a Neo4j server; unset means the embedded one.",
    )
    neo4j_user: str = Field(
        default="neo4j", validation_alias="NEO4J_USER", description="Neo4j user."
    )
    neo4j_password: SecretStr | None = Field(
        default=None,
        validation_alias="NEO4J_PASSWORD",
        description="Neo4j password.",
    )
    neo4j_database: str = Field(
        default="neo4j",
        validation_alias="NEO4J_DATABASE",
        description="Neo4j database.",
    )

    demo_lang: Language = Field(
        default="zh",
        validation_alias="DEMO_LANG",
        description="Language of the demo's story.",
    )

    @property
    def secret_file(self) -> Path:
        """Return where the deployment's secret lies."""
        return self.data / "secret.key"

    @property
    def keys_file(self) -> Path:
        """Return where the hashed API keys lie."""
        return self.data / "api-keys.json"

    @property
    def watchlists_file(self) -> Path:
        """Return where the watchlists lie."""
        return self.data / "watchlists.json"

    @property
    def lead_notes_file(self) -> Path:
        """Return where what officers said of leads lies."""
        return self.data / "lead-notes.json"

    def password(self) -> str:
        """Return the Neo4j password.

        Raises:
            BadInput: a Neo4j address is set and no password.
        """
        if self.neo4j_password is None:
            raise BadInput(
                "设置了 NEO4J_URI，却没有设置 NEO4J_PASSWORD。",
                "NEO4J_URI is set but NEO4J_PASSWORD is not.",
                hint_zh="请设置 NEO4J_PASSWORD；使用内嵌存储的，请取消 NEO4J_URI。",
                hint_en="Set NEO4J_PASSWORD, or unset NEO4J_URI for the embedded "
                "store.",
            )
        return self.neo4j_password.get_secret_value()

    def effective(self) -> dict[str, str]:
        """Return every setting as text, secrets masked."""
        return {name: str(getattr(self, name)) for name in type(self).model_fields}


def language_of_environment() -> Language:
    """Return the language of messages about settings that cannot be read."""
    return known_language(os.environ.get("CREDITGRAPH_LANGUAGE")) or "zh"
