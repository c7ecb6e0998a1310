import circ4
v = 1
