"""From a draft to a submission with its completeness seal and an official reception time."""
