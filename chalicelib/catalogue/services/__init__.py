"""Reading for everybody: find a service, its six facts, its papers, its form, all of it as open data."""
