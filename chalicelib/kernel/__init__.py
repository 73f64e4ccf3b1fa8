"""The few things every capability stands on."""
