"""warnings: who hears one and how often; time and io."""
import warnings, time, io, errno, sys
sys.stderr = sys.stdout
warnings.resetwarnings()
def old():
    warnings.warn("old is old", DeprecationWarning, stacklevel=2)
for i in range(3):
    old()
warnings.warn("hey")
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    for i in range(2): old()
    warnings.warn(UserWarning("x"))
    print(len(w), w[0].message, w[0].category, w[0].lineno, w[0].filename, str(w[1]))
warnings.simplefilter("error")
try:
    warnings.warn("boom", RuntimeWarning)
except RuntimeWarning as e:
    print(repr(e))
warnings.resetwarnings()
try: warnings.warn("x", int)
except TypeError as e: print(e)
print(warnings.formatwarning("m", UserWarning, "f.py", 3, "code"))
print(time.strftime("%Y-%m-%d %H:%M:%S %j %a", time.gmtime(86400*365.25)))
print(time.gmtime(0), time.strptime("2024-02-29 10:11", "%Y-%m-%d %H:%M"))
print(time.mktime(time.gmtime(0)), time.asctime(time.gmtime(0)))
try: time.strptime("x","%Y")
except ValueError as e: print(e)
t=time.time(); time.sleep(0.01); print(time.time()-t>=0.0099)
s=io.StringIO(); print("x",file=s); print(repr(s.getvalue()))
print(errno.ENOENT, io.StringIO, isinstance(s, io.TextIOBase), isinstance(s, io.IOBase))
