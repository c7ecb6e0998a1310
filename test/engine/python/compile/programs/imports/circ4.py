import circ3
w = circ3.v
