"""Build the graph of many documents: step by step, kept between builds, by many workers."""

from jintu.folders.cluster import Cluster
from jintu.folders.crew import Crew, Processes, usual_workers
from jintu.folders.folder import Built, build
from jintu.folders.running import Watch

__all__ = ["Built", "Cluster", "Crew", "Processes", "Watch", "build", "usual_workers"]
