"""An agency's staff: who is enrolled as what, from when until when, who stands in, who left."""
