"""Digitisation: from a sheet of paper to a data message that can be signed (Circular 01/2023, Articles 7 and 8).

The modules beside this one are pure: bytes in, values out, no cloud. `model` is light and may be imported
anywhere; the others pull in image, OCR and PDF libraries and belong to the digitisation function alone.
"""
