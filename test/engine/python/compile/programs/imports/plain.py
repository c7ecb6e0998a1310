print('plain runs', __name__)
x = 1
_hidden = 2
def f(): return x
