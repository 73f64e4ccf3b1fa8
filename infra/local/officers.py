"""The officers of the local stage: each has a key of their own, and the demo's story knows them by their part in it."""

from typing import Any

AGENCY = "H01.10.24"
"""For whom they work."""
DECIDER = "H01.60.02"
"""An agency of the province, which has one officer with a key."""
OFFICERS: dict[str, dict[str, Any]] = {
    "reception": {"sub": "officer-luong", "name": "Phan Bích Lượng", "roles": ["reception", "scanning"]},
    "processing": {"sub": "officer-nhuong", "name": "Trần Hữu Nhưỡng", "roles": ["processing"]},
    "leader": {"sub": "officer-nghia", "name": "Đặng Trọng Nghĩa", "roles": ["leader"]},
    "clerk": {
        "sub": "officer-tam",
        "name": "Võ Thành Tâm",
        "roles": ["reception", "scanning"],
        "agency": DECIDER,
    },
}
