from circ1 import v
w = 1
