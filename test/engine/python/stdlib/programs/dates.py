"""Dates, times and their errors."""
from show import show
from datetime import *
import datetime as D

show(globals(), r'''
date(2024,2,30)
date(0,1,1)
date(2024,13,1)
date("a",1,1)
date(2024)
date()
date(2024,1,1,1)
date(2024,1,1.5)
datetime(2024,1,1,25)
datetime(2024,1,1,0,60)
datetime(2024,1,1,0,0,60)
datetime(2024,1,1,0,0,0,1000000)
datetime(2024,1,1,tzinfo=5)
datetime(2024,1,1,fold=2)
time(24)
timedelta(days=1000000000)
timedelta("a")
timedelta(1,2,3,4,5,6,7)
timedelta(days=-1,seconds=3)
timedelta(hours=1.5)
timedelta(0.1)
str(timedelta(days=-1,hours=2))
str(timedelta(days=2,microseconds=5))
repr(timedelta())
timedelta(1)/2
timedelta(1)/timedelta(hours=5)
timedelta(1)//timedelta(hours=5)
timedelta(1)%timedelta(hours=5)
divmod(timedelta(1),timedelta(hours=5))
timedelta(1)*1.5
timedelta(1)*"a"
timedelta(1)+1
timedelta(1)/0
timedelta(1)//0
-timedelta(1)
abs(timedelta(-1))
timedelta(1)<timedelta(2)
timedelta(1)<1
timedelta(1)==1
hash(timedelta(1))==hash(timedelta(hours=24))
timedelta.max
timedelta.min
timedelta.resolution
timedelta(1).total_seconds()
date.min
date.max
datetime.max
time.max
date(2024,1,1)+timedelta(1)
date(2024,1,1)-date(2023,1,1)
date(2024,1,1)-1
date(2024,1,1)+1
date(2024,1,1)<5
date(2024,1,1)==5
date(2024,1,1)<datetime(2024,1,1)
date(2024,1,1)==datetime(2024,1,1)
datetime(2024,1,1)-datetime(2023,1,1)
datetime(2024,1,1)-datetime(2023,1,1,tzinfo=timezone.utc)
datetime(2024,1,1)<datetime(2023,1,1,tzinfo=timezone.utc)
datetime(2024,1,1)==datetime(2023,1,1,tzinfo=timezone.utc)
datetime(2024,1,1,tzinfo=timezone.utc)-datetime(2024,1,1,tzinfo=timezone(timedelta(hours=2)))
date.max+timedelta(1)
datetime.max+timedelta(1)
date(2024,1,1).isoformat()
datetime(2024,1,1,1,2,3,4).isoformat()
datetime(2024,1,1,1,2,3).isoformat(' ','minutes')
datetime(2024,1,1).isoformat(timespec='milliseconds')
datetime(2024,1,1).isoformat(timespec='foo')
datetime(2024,1,1,tzinfo=timezone.utc).isoformat()
datetime(2024,1,1,tzinfo=timezone(timedelta(hours=-5,minutes=-30)))
str(datetime(2024,1,1,1,2,3,4))
date.fromisoformat("2024-01-05")
date.fromisoformat("20240105")
date.fromisoformat("2024-W01-5")
date.fromisoformat("2024-1-5")
date.fromisoformat("x")
date.fromisoformat(5)
datetime.fromisoformat("2024-01-05T10:20:30.5")
datetime.fromisoformat("2024-01-05 10:20:30+02:00")
datetime.fromisoformat("2024-01-05T10:20:30Z")
datetime.fromisoformat("20240105T102030")
datetime.fromisoformat("2024-01-05T10")
datetime.fromisoformat("2024-01-05")
datetime.fromisoformat("2024-01-05T25:00")
datetime.fromisoformat("2024-01-05T10:20:30.123456789")
datetime.fromisoformat("bad")
time.fromisoformat("10:20")
time.fromisoformat("T10:20:30.5Z")
time.fromisoformat("10:20:30,5")
time.fromisoformat("1")
date(2024,1,1).strftime("%Y-%m-%d %A %a %B %b %j %U %W %w %y %% %c %x %X %p %I %G-%V %u %e %D %F %T %R %h %n|%t|%C")
datetime(2024,1,5,13,4,5,678).strftime("%H:%M:%S.%f %p %I %z|%Z %s" if 0 else "%H:%M:%S.%f %p %I %z|%Z")
datetime(2024,1,5,tzinfo=timezone.utc).strftime("%z %Z %:z")
time(1,2,3).strftime("%H:%M %Y")
datetime.strptime("2024-01-05 10:20","%Y-%m-%d %H:%M")
datetime.strptime("05/Jan/24","%d/%b/%y")
datetime.strptime("x","%Y")
datetime.strptime("2024x","%Y")
datetime.strptime("2024","%Q")
datetime.strptime("2024-02-30","%Y-%m-%d")
datetime.strptime("1:02 PM","%I:%M %p")
datetime.strptime("2024-01-05 +0230","%Y-%m-%d %z")
datetime.strptime("2024-01-05 UTC","%Y-%m-%d %Z")
datetime.strptime("2024 100","%Y %j")
datetime.strptime("Monday January 5 2024","%A %B %d %Y")
datetime.strptime("12.5","%S.%f")
datetime.strptime("2024","%")
date(2024,1,1).replace(day=40)
date(2024,1,1).replace(year=2025)
datetime(2024,1,1).replace(tzinfo=timezone.utc)
date(2024,1,1).weekday()
date(2024,1,1).isoweekday()
date(2024,1,1).isocalendar()
date(2024,1,1).timetuple()
date(2024,1,1).toordinal()
date.fromordinal(738886)
date.fromordinal(0)
date.fromisocalendar(2024,1,1)
date.fromisocalendar(2024,54,1)
date.fromisocalendar(2024,1,8)
datetime.combine(date(2024,1,1),time(1,2))
datetime(2024,1,1).date()
datetime(2024,1,1,1).time()
datetime(2024,1,1,tzinfo=timezone.utc).timetz()
datetime(2024,1,1,tzinfo=timezone.utc).timestamp()
datetime.fromtimestamp(0,timezone.utc)
datetime.fromtimestamp(1.5,timezone.utc)
datetime.utcfromtimestamp(86400)
datetime.fromtimestamp("a")
datetime(2024,1,1,12,tzinfo=timezone.utc).astimezone(timezone(timedelta(hours=5)))
timezone(timedelta(hours=24))
timezone(5)
timezone(timedelta(hours=1),"X")
str(timezone(timedelta(hours=1,minutes=30)))
repr(timezone.utc)
timezone.utc.utcoffset(None)
timezone.utc==timezone(timedelta(0))
timezone(timedelta(hours=1)).tzname(None)
timezone.min
timezone.utc.dst(None)
timezone.utc.fromutc(datetime(2024,1,1,tzinfo=timezone.utc))
time(1,2,3,4)
time(1,2,tzinfo=timezone.utc)
time(1)<time(2)
time(1)==1
time(1)<1
time(0)==time(0,tzinfo=timezone.utc)
bool(time(0))
time(1,2,3).isoformat()
time(1,2,3).replace(hour=5)
time(1,2).utcoffset()
str(time(1,2,3,4))
hash(date(2024,1,1))==hash(date(2024,1,1))
datetime(2024,1,1).utctimetuple()
datetime(2024,1,5).ctime()
date(2024,1,5).ctime()
format(date(2024,1,5),"%d.%m")
f"{datetime(2024,1,5):%Y}"
format(date(2024,1,5),"")
D.MINYEAR
D.UTC
isinstance(datetime(2024,1,1),date)
datetime(2024,1,1).foo
date.today().__class__
datetime.now().tzinfo
datetime.now(timezone.utc).tzinfo
datetime.now(5)
date(2024,1,1)>date(2023,1,1)
sorted([date(2024,1,1),date(2023,1,1)])
{date(2024,1,1):1}[date(2024,1,1)]
datetime(2024,1,1)+timedelta(hours=25)
datetime(2024,1,1)-timedelta(microseconds=1)
timedelta(weeks=1,milliseconds=5,minutes=3)
timedelta(1).days,timedelta(-1,5).seconds
round(timedelta(1)/3,2) if 0 else 1
datetime(2024,3,10,2,30,fold=1)
datetime(2024,1,1,tzinfo=timezone.utc)==datetime(2024,1,1,5,tzinfo=timezone(timedelta(hours=5)))
hash(datetime(2024,1,1,tzinfo=timezone.utc))==hash(datetime(2024,1,1,5,tzinfo=timezone(timedelta(hours=5))))
date(2024,1,1).year=5 if 0 else 1
tzinfo().utcoffset(None)
datetime(2024,1,1,tzinfo=tzinfo()).utcoffset()
sum([timedelta(1),timedelta(2)],timedelta())
timedelta(days=1,hours=1)*2
2*timedelta(1)
timedelta(1)*True
timedelta(microseconds=0.5)
timedelta(microseconds=1.5)
timedelta(seconds=1e-7)
timedelta(days=float('nan'))
timedelta(3.7)
str(timedelta(3.7))
datetime(1,1,1).isoformat()
date(1,1,1).strftime("%Y")
datetime.fromisoformat("2024-01-05T10:20:30+02:00:15.5")
datetime.fromisoformat("2024-001")
datetime.strptime("Fri","%a")
datetime.strptime("2024 1 1","%G %V %u")
datetime.strptime("  2024","%Y")
datetime.strptime("2024-01-05","%Y-%m-%d").date()
datetime.strptime(5,"%Y")
''')
for given in ({"days": None}, {"seconds": "1"}):
    try: D.timedelta(**given)
    except TypeError as e: print(e)
