"""Stacks: names that SAM is yet to make, and no second of waiting for each function."""

import functools
from typing import Any, Final

from localstack.runtime import hooks

PAUSE: Final = 0.05
"""Seconds between two looks at a resource that is being made."""


@hooks.on_infra_start()
def names_to_come() -> None:
    """Leave out `ChangeSetModelTransform._execute_local_transforms`.

    A template may name what SAM is yet to make, such as an alias: LocalStack resolves each name before it asks SAM.
    That pass is for `Fn::Transform` and `Fn::ForEach`; our templates have none. What SAM made is looked at as ever.
    """
    from localstack.services.cloudformation.engine.v2.change_set_model_transform import ChangeSetModelTransform

    def none(self: Any) -> None:
        del self

    ChangeSetModelTransform._execute_local_transforms = none


@hooks.on_infra_start()
def look_often() -> None:
    """Let `ResourceProviderExecutor.deploy_loop` look again soon: it waits a second for what is there in a tenth."""
    from localstack.services.cloudformation.resource_provider import ResourceProviderExecutor

    ResourceProviderExecutor.deploy_loop = functools.partialmethod(
        ResourceProviderExecutor.deploy_loop, sleep_time=PAUSE
    )
