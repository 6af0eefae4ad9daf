"""Tide tables for small harbours."""

from dataclasses import dataclass
from datetime import datetime
from math import cos, radians


@dataclass(frozen=True)
class Wave:
    """One constituent at one harbour."""

    amplitude_m: float
    speed_degrees_per_hour: float
    lag_degrees: float


def height_m(waves: list[Wave], mean_m: float, since_epoch_hours: float) -> float:
    """Height above the chart's zero."""
    return mean_m + sum(w.amplitude_m * cos(radians(w.speed_degrees_per_hour * since_epoch_hours - w.lag_degrees)) for w in waves)


@dataclass(frozen=True)
class Tide:
    at: datetime
    height_m: float
    kind: str
