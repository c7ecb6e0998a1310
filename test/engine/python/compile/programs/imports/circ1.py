import circ2
v = circ2.w
