"""The process's session of botocore, and where it reads what AWS's services are."""

from functools import cache
from pathlib import Path
from typing import Any, Final

MODELS: Final = Path(__file__).parents[2] / "aws_models"
"""What botocore must know of our services, without prose: only a packaged function has it (`infra/build/models.py`)."""


@cache
def session() -> Any:
    """The session that makes all clients."""
    import botocore.session

    made = botocore.session.get_session()
    if MODELS.is_dir():
        from botocore.loaders import Loader

        made.register_component("data_loader", Loader([str(MODELS)], include_default_search_paths=False))
    return made
