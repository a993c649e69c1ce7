"""What a city's fire-service plan is made of: items with ordinary prices, groups, standards, targets and capacities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Where = Literal["every", "some", "one", "two", "city"]


@dataclass(frozen=True)
class Goods:
    """Something bought. ``need``: units for a county of risk weight 1 (``every``, ``some``), or for each place that has it."""

    item: str
    category: str
    price: str
    upkeep: str
    first_year: str
    need: float
    where: Where = "every"
    group: tuple[str, ...] = ()
    yearly: bool = False  # asked for again in every year, instead of once


GOODS = (
    Goods("tanker_small", "vehicle", "45", "2", "0.5", 9, group=("vehicles", "engines")),
    Goods("tanker", "vehicle", "95", "3", "0.5", 4, group=("vehicles", "engines", "station_engines")),
    Goods("platform", "vehicle", "380", "3", "0.5", 1, group=("vehicles", "engines", "station_engines", "high_reach")),
    Goods("aerial", "vehicle", "260", "3", "0.5", 1, group=("vehicles", "engines", "station_engines", "high_reach")),
    Goods("rescue", "vehicle", "160", "3", "0.5", 2, group=("vehicles", "engines", "station_engines")),
    Goods("hazmat", "vehicle", "350", "3", "0.5", 0.8, group=("vehicles", "engines", "station_engines")),
    Goods("motorcycle", "vehicle", "4", "0.2", "0.5", 2, group=("vehicles",)),
    Goods("hydrant_new", "hydrant", "1.5", "0.02", "0", 120, group=("hydrants",)),
    Goods("hydrant_repair", "hydrant", "0.3", "0.02", "0", 54, group=("hydrants",)),
    Goods("crane_new", "crane", "5", "0.05", "0", 14, group=("cranes",)),
    Goods("crane_repair", "crane", "0.8", "0.05", "0", 6, group=("cranes",)),
    Goods("equip_station", "equipment", "0.07", "0", "1", 2700),
    Goods("equip_special", "equipment", "0.07", "0", "1", 5200),
    Goods("village_water", "other", "5", "0.1", "0", 32),
    Goods("complex", "other", "1", "0", "1", 2, "some"),
    Goods("break_engineering", "other", "2", "0.1", "0", 12, group=("breaks",)),
    Goods("break_forest", "other", "1.5", "0.1", "0", 9, "some", group=("breaks", "living_breaks")),
    Goods("break_edge", "other", "1.5", "0.1", "0", 27, group=("breaks", "living_breaks")),
    Goods("patrol_path", "other", "3", "0.05", "0", 4, "some", group=("breaks", "living_breaks")),
    Goods("road_upgrade", "other", "12", "0.2", "0", 20, group=("roads",)),
    Goods("road_north", "other", "35", "0.3", "0", 25, "one", group=("roads",)),
    Goods("road_south", "other", "35", "0.3", "0", 12, "one", group=("roads",)),
    Goods("road_west", "other", "35", "0.3", "0", 18, "one", group=("roads",)),
    Goods("plan_city", "other", "80", "0", "1", 1, "city"),
    Goods("plan_county", "other", "40", "0", "1", 1),
    Goods("plan_town", "other", "15", "0", "1", 2),
    Goods("training_zone", "other", "150", "5", "0", 3, "city"),
    Goods("training_base", "other", "300", "15", "0", 1, "two"),
    Goods("education_base", "other", "60", "4", "0", 1),
    Goods("health_centre", "other", "120", "15", "0", 1, "city"),
    Goods("career_post", "personnel", "0", "2", "0.5", 18),
    Goods("survey", "other", "10", "0", "1", 2, "city"),
    Goods("drill_regional", "other", "15", "0", "1", 1, "city", yearly=True),
    Goods("drill_quarterly", "other", "1.5", "0", "1", 4, yearly=True),
    Goods("film", "other", "12", "0", "1", 1, "city", yearly=True),
)
STAFF = {"firefighter": ("3", "7.5", "0.5"), "volunteer": ("1", "1.2", "0.5")}  # capital, annual, first-year share
STATIONS = {  # capital, build years, spend, annual, minimum and maximum staff of the new station (none for one that moves)
    "station_1": ("1407", 2, "0.3;0.4;0.3", "40", (30, 45)),
    "station_2": ("945", 1, "0.4;0.6", "25", (15, 25)),
    "station_move": ("945", 1, "0.4;0.6", "10", None),
}
GROUPS = {
    "recruits": tuple(STAFF),
    "stations": tuple(STATIONS),
    **{group: tuple(g.item for g in GOODS if group in g.group) for group in dict.fromkeys(n for g in GOODS for n in g.group)},
}

# Share of the need that is promised (target), when (share of the plan's years), how, and how much it weighs.
TARGETS: tuple[tuple[str, float, float, str, int], ...] = (
    ("recruits", 0.95, 1, "exact", 10),
    ("vehicles", 0.85, 1, "exact", 10),
    ("hydrants", 0.9, 1, "exact", 10),
    ("cranes", 0.9, 1, "exact", 10),
    ("stations", 1, 1, "exact", 10),
    ("equip_station", 0.95, 1, "exact", 3),
    ("equip_special", 0.95, 1, "exact", 3),
    ("village_water", 0.9, 1, "min", 1),
    ("village_water", 0.4, 0.6, "min", 1),
    ("complex", 0.7, 0.6, "min", 1),
    ("complex", 1, 1, "min", 1),
    ("breaks", 0.9, 1, "min", 1),
    ("living_breaks", 0.9, 1, "min", 1),
    ("break_engineering", 0.9, 1, "min", 1),
    ("break_edge", 0.9, 1, "min", 1),
    ("roads", 0.9, 1, "min", 1),
    ("road_upgrade", 0.9, 1, "min", 1),
    ("road_north", 1, 1, "min", 1),
    ("road_south", 1, 1, "min", 1),
    ("road_west", 1, 1, "min", 1),
    ("plan_city", 1, 0.4, "min", 1),
    ("plan_county", 1, 0.6, "min", 1),
    ("plan_town", 0.9, 0.6, "min", 1),
    ("training_zone", 1, 1, "min", 1),
    ("training_base", 1, 1, "min", 1),
    ("education_base", 1, 1, "min", 1),
    ("health_centre", 1, 1, "min", 1),
    ("career_post", 0.9, 1, "min", 1),
    ("survey", 0.5, 0.6, "min", 1),
    ("survey", 1, 1, "min", 1),
    ("platform", 0.7, 1, "min", 1),
    ("aerial", 0.7, 1, "min", 1),
    ("hazmat", 0.7, 1, "min", 1),
)

# Group, weight, share of the need that stands at the start, and the share asked for as the years go by.
STANDARDS: dict[str, tuple[str, int, float, tuple[tuple[float, float], ...]]] = {
    "station_engines": ("station_engines", 2, 0.8, ((0, 0.6), (0.4, 0.8), (1, 1.0))),
    "town_engines": ("tanker_small", 2, 0.1, ((0.2, 0.3), (0.4, 0.5), (0.6, 0.8), (1, 1.0))),
    "fleet": ("engines", 1, 0.0, ((0, 0.55), (0.4, 0.75), (1, 1.0))),
    "high_reach": ("high_reach", 1, 0.2, ((0, 1.0),)),
    "rescue": ("rescue", 1, 0.3, ((0, 1.0),)),
    "hazmat": ("hazmat", 1, 0.1, ((0.4, 1.0),)),
    "motorcycle": ("motorcycle", 1, 0.0, ((0.4, 1.0),)),
    "hydrants": ("hydrants", 3, 1.2, ((0, 0.5), (0.2, 0.6), (0.4, 0.75), (0.6, 0.9), (1, 1.0))),
    "cranes": ("cranes", 2, 0.9, ((0, 0.5), (0.4, 0.75), (1, 1.0))),
    "equipment": ("equip_station", 1, 0.6, ((0.2, 0.6), (0.6, 0.8), (1, 1.0))),
    "special_equipment": ("equip_special", 1, 0.3, ((0.2, 0.6), (0.6, 0.8), (1, 1.0))),
    "village_water": ("village_water", 1, 0.5, ((0.2, 0.5), (0.6, 0.7), (1, 0.9))),
}

# What the whole city can take on in a year, as a multiple of an even share of its need.
CAPACITIES = {"recruits": 1.4, "vehicles": 1.4, "hydrants": 1.3, "cranes": 1.3}

# Part, whole, least and greatest share of deliveries.
MIXES = (
    ("hydrant_new", "hydrants", "0.6", "0.8"),
    ("crane_new", "cranes", "0.6", "0.8"),
    ("motorcycle", "vehicles", None, "0.08"),
    ("tanker", "vehicles", None, "0.25"),
)
