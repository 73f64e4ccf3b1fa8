"""What rooms tell each other, as types: one module per speaker. Pure: no AWS, no clock, no environment."""
