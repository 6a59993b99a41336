"""Where the workspace is and how it reaches the outside: environment first, then `diaodu.toml` in the workspace."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


class Settings(BaseSettings):
    """Every setting is documented in `docs/settings.md` and shown by `diaodu doctor`."""

    model_config = SettingsConfigDict(env_prefix="DIAODU_", extra="ignore")

    home: Path = Field(default=Path(".diaodu"), description="Workspace: database, files, fonts/, diaodu.toml.")
    database_url: str | None = Field(default=None, description="SQLAlchemy address; blank is SQLite in the workspace.")
    lang: str = Field(default="zh", description="zh or en: the language of commands and messages.")
    actor: str = Field(default="考核办", description="Whose name stands in the audit for commands given here.")
    mail_host: str | None = Field(default=None, description="SMTP server; blank means no mail leaves.")
    mail_port: int = Field(default=25, description="SMTP port.")
    mail_from: str = Field(default="diaodu@localhost", description="Sender of mail.")
    mail_user: str | None = Field(default=None, description="SMTP user.")
    mail_password: str | None = Field(default=None, description="SMTP password.")
    mail_tls: bool = Field(default=False, description="STARTTLS before anything is said.")
    webhook_secret: str | None = Field(default=None, description="Key of the HMAC signature of webhooks.")
    serve_host: str = Field(default="127.0.0.1", description="Address `diaodu serve` listens on.")
    serve_port: int = Field(default=4210, description="Port `diaodu serve` listens on.")
    lease_seconds: int = Field(
        default=120, ge=1, description="A run that stops renewing its lease for so long is crashed."
    )

    @property
    def database(self) -> str:
        """The SQLAlchemy address in force."""
        return self.database_url or f"sqlite:///{self.home / 'diaodu.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        home = Path(env_settings().get("home", ".diaodu"))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, home / "diaodu.toml")
