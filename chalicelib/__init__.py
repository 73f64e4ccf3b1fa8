"""Một Cửa: the one-stop for online public services, one package per capability."""
