"""Dates, times and durations: what is equal, what is too much, what is written and read; zones that a program makes."""
from datetime import *
import pickle, copy
def ask(text):
    for e in text.strip().splitlines():
        try: print(e, "->", repr(eval(e, globals())))
        except Exception as x: print(e, "!!", type(x).__name__, str(x)[:120])
class Z(tzinfo):
    def __init__(self, m=0): self.m = m
    def utcoffset(self, d): return timedelta(minutes=self.m)
    def tzname(self, d): return "Z%d" % self.m
    def dst(self, d): return timedelta(0)
class Bad(tzinfo): pass
class BadRatio(float):
    def as_integer_ratio(self): return (1, 0)
class Fix(tzinfo):
    def utcoffset(self, d): return timedelta(hours=-5)
    def dst(self, d): return timedelta(0)
    def fromutc(self, d): return d + timedelta(hours=-5)
ask("""
date(2002, 3, 1) == datetime(2002, 3, 1)
datetime(2002, 3, 1) == date(2002, 3, 1)
date(2002, 3, 1) < datetime(2002, 3, 2)
datetime(2002, 3, 1) < date(2002, 3, 2)
datetime(2002, 3, 1) == datetime(2002, 3, 1, tzinfo=timezone.utc)
datetime(2002, 3, 1) < datetime(2002, 3, 1, tzinfo=timezone.utc)
time(1, 2) < time(1, 3, tzinfo=timezone.utc)
time(1, 2, tzinfo=Z(60)) == time(0, 2, tzinfo=Z(0))
time(1, 2, tzinfo=Z(60)).isoformat(), time(1, 2, tzinfo=Z(-90)), str(time(1, 2, 3, 4, tzinfo=Z(5)))
time(1, tzinfo=Bad()).utcoffset()
datetime(2000, 1, 1, tzinfo=Bad())
str(datetime(2000, 1, 1, tzinfo=Bad()))
datetime(2000, 1, 1, tzinfo=Bad()).tzname()
timezone.utc.fromutc(datetime(2000, 1, 1))
timezone.utc.fromutc(datetime(2000, 1, 1, tzinfo=Z()))
timezone(timedelta(hours=2)).fromutc(datetime(2000, 1, 1, tzinfo=timezone(timedelta(hours=2))))
Z(60).fromutc(datetime(2000, 1, 1, tzinfo=Z(60)))
datetime(2000, 1, 1, 12, tzinfo=timezone.utc).astimezone(Fix())
datetime(2000, 1, 1, 12, tzinfo=timezone.utc).astimezone(Z(90)).isoformat()
datetime(2000, 1, 1).astimezone(timezone.utc)
timedelta(1) * float("nan")
timedelta(1) * 1e300
timedelta(1) / float("inf"), timedelta(days=1) / 3, timedelta(1) // timedelta(hours=7), timedelta(1) % timedelta(hours=7), divmod(timedelta(1), timedelta(hours=7))
timedelta(1) * BadRatio()
timedelta(1) / 0
timedelta(1) // 0
timedelta(1) % timedelta(0)
timedelta(days=1e10)
timedelta(days=999999999) + timedelta(1)
timedelta("1")
timedelta(1).x
date(2020, 2, 30)
date(2020, 13, 1)
date(0, 1, 1)
datetime(2020, 1, 1, 24)
datetime(2020, 1, 1, tzinfo=5)
datetime(2020, 1, 1, fold=2)
time(25)
date.fromisoformat("2020-W01-1"), date.fromisoformat("20200101")
date.fromisoformat("2020-1-1")
datetime.fromisoformat("2020-01-01T10:00:00Z"), datetime.fromisoformat("2020-01-01 10:00+01:30"), datetime.fromisoformat("20200101T1000")
datetime.fromisoformat("2020-01-01T25:00")
time.fromisoformat("T10:00"), time.fromisoformat("10:00:00.123456+02:00")
datetime.strptime("2020-01-05 10:11", "%Y-%m-%d %H:%M"), datetime.strptime("5 Jan 20", "%d %b %y"), datetime.strptime("2020-01-05T10:11:12.5+0200", "%Y-%m-%dT%H:%M:%S.%f%z")
datetime.strptime("x", "%Y")
datetime.strptime("2020 extra", "%Y")
datetime.strptime("2020", "%Q")
datetime(2020, 1, 5).strftime("%a %A %b %B %d %e %H %I %j %m %M %p %S %U %w %W %y %Y %G %V %u %% %D %F %T %R %c %x %X %h %n%t|%C")
datetime(2020, 1, 5, tzinfo=Z(90)).strftime("%z %Z")
date(5, 1, 2).strftime("%Y %G"), date(5, 1, 2).isoformat()
f"{date(2020, 1, 5):%d.%m.%Y} {datetime(2020, 1, 5, 3):%H} {time(3, 4):%H-%M} {date(2020, 1, 5)}"
date(2020, 1, 5).isocalendar(), date(2020, 1, 5).isocalendar().week, tuple(date(2020, 1, 5).isocalendar())
pickle.loads(pickle.dumps(date(2020, 1, 5).isocalendar()))
pickle.loads(pickle.dumps(datetime(2020, 1, 5, tzinfo=timezone.utc))), copy.deepcopy(timezone(timedelta(hours=1), "X"))
datetime(2020, 1, 5).replace(day=40)
datetime(2020, 1, 5).replace(tzinfo="x")
datetime.combine(date(2020, 1, 1), time(3, tzinfo=timezone.utc)), datetime.combine(date(2020, 1, 1), time(3), tzinfo=timezone.utc)
datetime.combine(1, 2)
timezone(timedelta(hours=24))
timezone("x")
timezone(timedelta(hours=1), 5)
timezone(timedelta(hours=-3, minutes=-30)), str(timezone(timedelta(seconds=90))), timezone.utc, timezone(timedelta(0)), repr(timezone(timedelta(0), "X")), timezone.min, timezone.max
datetime.fromtimestamp(0, timezone.utc), datetime.utcfromtimestamp(0.5), date.fromtimestamp(86400)
datetime.fromtimestamp(1e20)
datetime(1970, 1, 2, tzinfo=timezone.utc).timestamp(), date(1970, 1, 2).toordinal(), date.fromordinal(1), date.min, date.max, date.resolution, datetime.max
date.fromordinal(0)
date(2020, 1, 5) - date(2020, 1, 1), date(2020, 1, 5) - timedelta(hours=25), date(2020, 1, 5) + timedelta(1), datetime(2020, 1, 5) - datetime(2020, 1, 4, 23)
date(2020, 1, 5) - 1
date(2020, 1, 5) + date(2020, 1, 5)
date.max + timedelta(1)
datetime(2020, 1, 1, tzinfo=timezone.utc) - datetime(2020, 1, 1)
sorted([time(3), time(1)]), min(date(2020, 1, 2), date(2020, 1, 1)), hash(date(2020, 1, 1)) == hash(date(2020, 1, 1)), {timedelta(1): 1}[timedelta(hours=24)]
timedelta(microseconds=-1), str(timedelta(days=-1, seconds=5)), repr(timedelta()), timedelta(weeks=1, hours=5), str(timedelta(days=2, microseconds=5)), abs(timedelta(-1)), -timedelta(1), +timedelta(1), bool(timedelta())
timedelta(1.5), timedelta(seconds=0.5), timedelta(milliseconds=1.5), timedelta(hours=1).total_seconds(), timedelta(1) > timedelta(0), timedelta(1) == 1
timedelta(1) < 1
datetime(2020, 1, 5).timetuple(), datetime(2020, 1, 5, tzinfo=Z(60)).utctimetuple().tm_hour, date(2020, 1, 5).ctime(), date(2020, 1, 5).weekday(), date(2020, 1, 5).isoweekday()
datetime(2020, 1, 5, 1, 2, 3, 4).isoformat(" ", "minutes"), datetime(2020, 1, 5).isoformat(timespec="milliseconds"), time(1).isoformat("hours")
datetime(2020, 1, 5).isoformat(timespec="x")
datetime(2020, 1, 5).isoformat("--")
""")
