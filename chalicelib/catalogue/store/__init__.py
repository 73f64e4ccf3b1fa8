"""The catalogue's table and files: procedures, agencies, outages, what runs on them, and the list that search reads."""

from chalicelib.catalogue.store.agencies import AgencyTable
from chalicelib.catalogue.store.procedures import ProcedureTable
from chalicelib.catalogue.store.running import RunningTable
from chalicelib.catalogue.store.shipped import shipped, shipped_agencies
from chalicelib.catalogue.store.snapshot import SnapshotFiles

__all__ = ["AgencyTable", "ProcedureTable", "RunningTable", "SnapshotFiles", "shipped", "shipped_agencies"]
