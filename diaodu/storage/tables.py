"""Every table of `models/` under one import: foreign keys and migrations need all of them known."""

import importlib
import pkgutil

from sqlmodel import SQLModel

import models

for _module in pkgutil.iter_modules(models.__path__):
    importlib.import_module(f"{models.__name__}.{_module.name}")

METADATA = SQLModel.metadata
"""All tables of the house."""
