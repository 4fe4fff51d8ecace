"""Serve a graph over HTTP: SPARQL 1.1 Protocol, Graph Store Protocol for reading, pages."""
