"""A template may name what SAM is yet to make, such as an alias: LocalStack resolves each name before it asks SAM.

That pass is for `Fn::Transform` and `Fn::ForEach` in a template; ours have none. What SAM made is looked at as ever.
"""

from typing import Any

from localstack.runtime import hooks


@hooks.on_infra_start()
def names_to_come() -> None:
    """Leave out `ChangeSetModelTransform._execute_local_transforms`."""
    from localstack.services.cloudformation.engine.v2.change_set_model_transform import ChangeSetModelTransform

    def none(self: Any) -> None:
        del self

    ChangeSetModelTransform._execute_local_transforms = none
