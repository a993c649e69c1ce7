# Names that the overview and the schedule use
unit-personnel = people
unit-vehicle = vehicles
unit-hydrant = hydrants
unit-crane = cranes
unit-station = stations
unit-other = {""}
