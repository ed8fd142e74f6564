"""Reading from PostgreSQL's streaming replicas: which server a request reads, and how each is."""

from cooperation.replicas.fleet import states
from cooperation.replicas.routing import Router
from cooperation.replicas.watching import State

__all__ = ["Router", "State", "states"]
