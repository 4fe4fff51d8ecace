"""Build RDF knowledge graphs from Chinese documents."""
