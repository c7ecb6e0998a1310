# A byte order mark, tabs, form feeds, continuation lines, blank lines, comments at odd places.
if a:
	b
	if c:
		d

# back
	# odd
	e

x = 1 + \
  2
if x:
        y  # eight
        # deeper
            # deeper still
# none
        z
 	
def f(
  a,

  b = [
1,
      2
], # c
):
  return (a
          + b)   ;

if a: \
    b
if \
    a:
    b
x = [  # comment

    1  ,

]
class A:

    # comment first
    def f(self):
        pass
    # comment last

x = '''
  text
	tab
''' + """a""" ; y = 1
a = (
    1 +
    # between
    2
)
try: x
except A: y
assert x, (
  y)
if x:
    pass
# at the end, without a line end
z = "é\
" # no end