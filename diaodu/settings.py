"""Where the workspace is and how it reaches the outside: environment first, then `diaodu.toml` in the workspace."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


class Robot(BaseModel):
    """A group robot: whose it is, its address with the key, and the secret it signs with."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["wecom", "dingtalk", "feishu"]
    url: str = Field(pattern=r"^https?://[^\s]+$")
    secret: str | None = None
    markdown: bool | None = None


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
    mail_tls: Literal["none", "starttls", "implicit"] = Field(
        default="none", description="none, starttls (usually port 587) or implicit (usually port 465)."
    )
    webhook_secret: str | None = Field(default=None, description="Key of the HMAC signature of webhooks.")
    wecom_corp: str | None = Field(default=None, description="WeCom application: corpid; blank means none.")
    wecom_agent: int | None = Field(default=None, description="WeCom application: agentid.")
    wecom_secret: str | None = Field(default=None, description="WeCom application: its secret.")
    wecom_url: str = Field(default="https://qyapi.weixin.qq.com", description="WeCom, or one on the premises.")
    robots: dict[str, Robot] = Field(
        default={}, description="Group robots by name: `kind` (wecom, dingtalk, feishu), `url`, `secret`, `markdown`."
    )
    sms_url: str | None = Field(default=None, description="SMS gateway, with $phone $text $key; blank means no SMS.")
    sms_body: str | None = Field(default=None, description="What is posted, with $phone $text $key; blank means GET.")
    sms_headers: dict[str, str] = Field(default={}, description="HTTP headers for the gateway.")
    sms_charset: Literal["utf-8", "gbk", "gb18030"] = Field(default="utf-8", description="The gateway's charset.")
    sms_signature: str = Field(default="", description="Put before every part, as in 【某区考核办】.")
    sms_result: str | None = Field(
        default=None, description="Where its JSON answer has the code (JMESPath); blank: its first word."
    )
    sms_accepted: list[str] = Field(default=["0"], description="Codes that mean accepted.")
    sms_later: list[str] = Field(default=[], description="Codes worth another try.")
    sms_most_an_hour: int = Field(default=20, ge=1, description="Most short messages to one number in an hour.")
    quiet_hours: str = Field(
        default="20:00-08:00",
        pattern=r"^$|^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$",
        description="When WeCom, robots and SMS do not ring; blank means never quiet.",
    )
    urgent: list[Literal["reminder", "warning", "supervision", "interview", "chase"]] = Field(
        default=["supervision", "interview"], description="Notices that ring at any hour and go into no digest."
    )
    digest_above: int = Field(default=5, ge=1, description="More waiting messages to one address become one digest.")
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
