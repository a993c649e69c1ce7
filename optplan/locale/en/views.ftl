# Names that the overview and the schedule use
unit-personnel = people
unit-vehicle = vehicles
unit-hydrant = hydrants
unit-crane = cranes
unit-station = stations
unit-other = {""}
targets-missed = Targets missed
sum-cost = Spent
sum-capital = of that, to build and buy
sum-recurrent = of that, to run
sum-asked = Asked beyond the funds
sum-lapsed = Lapsed
