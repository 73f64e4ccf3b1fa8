"""From a draft to a sealed submission with an official reception time."""
