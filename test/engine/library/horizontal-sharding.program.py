# A session over four databases: where objects go, where statements run, look-ups by key, the legacy Query, what is refused.
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext.horizontal_shard import ShardedSession, ShardedQuery, set_shard_id
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql import operators, visitors
import datetime


def eng(): return create_engine("sqlite://", poolclass=StaticPool)

db1, db2, db3, db4 = eng(), eng(), eng(), eng()

shard_lookup = {"North America": "na", "Asia": "asia", "Europe": "eu", "South America": "sa"}

class Base(DeclarativeBase): pass

ids = Table("ids", Base.metadata, Column("nextid", Integer, nullable=False))

def id_generator(ctx):
    with db1.begin() as conn:
        nextid = conn.scalar(ids.select().with_for_update())
        conn.execute(ids.update().values({ids.c.nextid: ids.c.nextid + 1}))
    return nextid

class WeatherLocation(Base):
    __tablename__ = "weather_locations"
    id: Mapped[int] = mapped_column(primary_key=True, default=id_generator)
    continent: Mapped[str]
    city: Mapped[str]
    reports: Mapped[list["Report"]] = relationship(back_populates="location")
    def __init__(self, continent, city):
        self.continent = continent; self.city = city
    def __repr__(self): return f"WL({self.city})"

class Report(Base):
    __tablename__ = "weather_reports"
    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("weather_locations.id"))
    temperature: Mapped[float]
    report_time: Mapped[datetime.datetime] = mapped_column(default=datetime.datetime(2020,1,1))
    location: Mapped[WeatherLocation] = relationship(back_populates="reports")
    def __init__(self, temperature): self.temperature = temperature

for db in (db1, db2, db3, db4): Base.metadata.create_all(db)

with db1.begin() as conn: conn.execute(ids.insert(), {"nextid": 1})

def shard_chooser(mapper, instance, clause=None):
    if isinstance(instance, WeatherLocation):
        return shard_lookup[instance.continent]
    return shard_chooser(mapper, instance.location)

def identity_chooser(mapper, primary_key, *, lazy_loaded_from, execution_options, bind_arguments, **kw):
    print("  id chooser", mapper.class_.__name__, primary_key, bool(lazy_loaded_from), sorted(bind_arguments), sorted(kw))
    if lazy_loaded_from:
        return [lazy_loaded_from.identity_token]
    return ["na", "asia", "eu", "sa"]

def execute_chooser(context):
    ids = []
    for column, operator, value in _get_select_comparisons(context.statement):
        if column.shares_lineage(WeatherLocation.__table__.c.continent):
            if operator == operators.eq: ids.append(shard_lookup[value])
            elif operator == operators.in_op: ids.extend(shard_lookup[v] for v in value)
    print("  exec chooser", ids, context.is_select, context.is_orm_statement)
    return ids or ["na", "asia", "eu", "sa"]

def _get_select_comparisons(statement):
    binds, clauses, comparisons = {}, set(), []
    def visit_bindparam(bind): binds[bind] = bind.effective_value
    def visit_column(column): clauses.add(column)
    def visit_binary(binary):
        if binary.left in clauses and binary.right in binds:
            comparisons.append((binary.left, binary.operator, binds[binary.right]))
        elif binary.left in binds and binary.right in clauses:
            comparisons.append((binary.right, binary.operator, binds[binary.left]))
    if statement.whereclause is not None:
        visitors.traverse(statement.whereclause, {}, {"bindparam": visit_bindparam, "binary": visit_binary, "column": visit_column})
    return comparisons

S = sessionmaker(class_=ShardedSession)

S.configure(shards={"na": db1, "asia": db2, "eu": db3, "sa": db4}, shard_chooser=shard_chooser, identity_chooser=identity_chooser, execute_chooser=execute_chooser)

tokyo = WeatherLocation("Asia", "Tokyo"); newyork = WeatherLocation("North America", "New York")

toronto = WeatherLocation("North America", "Toronto"); london = WeatherLocation("Europe", "London")

dublin = WeatherLocation("Europe", "Dublin"); quito = WeatherLocation("South America", "Quito")

tokyo.reports.append(Report(80.0)); newyork.reports.append(Report(75)); quito.reports.append(Report(85))

with S() as sess:
    print(type(sess).__name__)
    sess.add_all([tokyo, newyork, toronto, london, dublin, quito])
    sess.commit()
    t = sess.get(WeatherLocation, tokyo.id)
    print(t.city, t.reports[0].temperature)
    print(inspect(t).key, inspect(t).identity_token)
    asia_and_europe = sess.execute(select(WeatherLocation).filter(WeatherLocation.continent.in_(["Europe", "Asia"]))).scalars()
    print(sorted(c.city for c in asia_and_europe))
    nas = sess.execute(select(WeatherLocation).filter(WeatherLocation.continent == "North America")).scalars().all()
    print(nas)
    print(sess.query(WeatherLocation).options(set_shard_id("eu")).all())
    print(sess.execute(select(WeatherLocation).options(set_shard_id("sa"))).all())
    print(sess.scalars(select(WeatherLocation), execution_options={"shard_id": "asia"}).all())
    print(sess.scalars(select(WeatherLocation), bind_arguments={"shard_id": "na"}).all())
    q = sess.query(WeatherLocation)
    print(type(q).__name__, q.set_shard("eu").all())
    print(sess.get(WeatherLocation, 1, identity_token="asia"))
    print(sess.get(WeatherLocation, 99))
    for x in (tokyo, newyork): print(inspect(x).identity_key)
    sess.execute(update(Report).values(temperature=Report.temperature + 5).execution_options(synchronize_session="fetch"))
    print([ (r.location.city, r.temperature) for r in sess.scalars(select(Report)).all()])
    r = sess.execute(delete(WeatherLocation).where(WeatherLocation.continent == "Europe"))
    print(r.rowcount if hasattr(r, "rowcount") else r)
    sess.commit()
    print(sess.scalars(select(WeatherLocation).options(selectinload(WeatherLocation.reports)).order_by(WeatherLocation.id)).all())
    try: sess.connection()
    except Exception as e: print(type(e).__name__, e)
    try: sess.connection(bind_arguments={"mapper": WeatherLocation.__mapper__})
    except Exception as e: print(type(e).__name__, e)
    try: print(sess.connection(bind_arguments={"shard_id": "na"}))
    except Exception as e: print(type(e).__name__, e)
    sess.bind_shard("x", db1)
    m = sess.merge(WeatherLocation("Asia", "Osaka")); print(m, inspect(m).pending)
    sess.flush(); print(inspect(m).key)
    sess.rollback()
    sess.refresh(tokyo); print(tokyo.city)
    sess.delete(toronto); sess.commit()
    print(sess.scalar(select(func.count()).select_from(WeatherLocation)))
    print(sess.execute(select(WeatherLocation.city)).all())
def t(label, f):
    try: print(label, "->", f())
    except Exception as x: print(label, "!!", type(x).__name__, x)
t("no choosers", lambda: ShardedSession(shard_chooser))
t("no execute chooser", lambda: ShardedSession(shard_chooser, identity_chooser))
t("both", lambda: ShardedSession(shard_chooser, identity_chooser, execute_chooser, query_chooser=print))
t("none at all", lambda: ShardedSession())
t("unknown", lambda: ShardedSession(shard_chooser, identity_chooser, execute_chooser, nope=3))
t("query", lambda: ShardedQuery([WeatherLocation], Session()))
sess = ShardedSession(shard_chooser, identity_chooser, execute_chooser, {"na": db1})
t("unknown shard", lambda: sess.scalars(select(WeatherLocation).options(set_shard_id("eu"))).all())
t("option", lambda: (set_shard_id("x").shard_id, set_shard_id("x", False).propagate_to_loaders))
sess.add(WeatherLocation("Atlantis", "x")); t("no shard", sess.flush)
