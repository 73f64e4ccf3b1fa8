"""The base of every refusal that the law modules make."""


class LawError(ValueError):
    """A value breaks a rule of the law, or of the data the law is kept in. The text is safe to show."""
