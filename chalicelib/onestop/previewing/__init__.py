"""The draft of a result: handed out, and confirmed or corrected by the applicant."""
