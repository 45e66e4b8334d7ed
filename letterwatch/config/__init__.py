"""Configuration: letterwatch.toml, secret files and the environment, as one checked value."""

from letterwatch.config.loading import find_config_file, find_lack, load_config
from letterwatch.config.model import (
    Config,
    HealthConfig,
    HttpConfig,
    NewsConfig,
    OfstedConfig,
    StateConfig,
    WebConfig,
)
from letterwatch.config.problems import ConfigError

__all__ = [
    "Config",
    "ConfigError",
    "HealthConfig",
    "HttpConfig",
    "NewsConfig",
    "OfstedConfig",
    "StateConfig",
    "WebConfig",
    "find_config_file",
    "find_lack",
    "load_config",
]
