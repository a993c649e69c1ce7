# Units that Chinese plans write
people = people
vehicles = vehicles
kilometres = km
metres = m
square-metres = m²
mu = mu
hectares = ha
yuan = yuan
thousand-yuan = thousand yuan
wan-yuan = wan yuan
million-yuan = million yuan
hundred-million-yuan = 100 million yuan
people-per-100000 = per 100,000 people
yuan-per-hundred-million-yuan = yuan per 100 million yuan
