// The files that `alembic init` writes, by template. What programs and readers change in them is as in the real ones: names of
// options with their defaults, functions of env.py, lines of a revision. The explanations are ours.

const SCRIPT = `"""\${message}

Revision ID: \${up_revision}
Revises: \${down_revision | comma,n}
Create Date: \${create_date}

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
\${imports if imports else ""}

# revision identifiers, used by Alembic.
revision: str = \${repr(up_revision)}
down_revision: Union[str, Sequence[str], None] = \${repr(down_revision)}
branch_labels: Union[str, Sequence[str], None] = \${repr(branch_labels)}
depends_on: Union[str, Sequence[str], None] = \${repr(depends_on)}
`;
const SINGLE = `${SCRIPT}

def upgrade() -> None:
    """Upgrade schema."""
    \${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Downgrade schema."""
    \${downgrades if downgrades else "pass"}
`;
const MULTIDB = `<%!
import re

%>${SCRIPT}

def upgrade(engine_name: str) -> None:
    """Upgrade schema."""
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name: str) -> None:
    """Downgrade schema."""
    globals()["downgrade_%s" % engine_name]()

<%
    db_names = config.get_main_option("databases")
%>

## a pair of functions for each database that the ini file names

% for db_name in re.split(r',\\s*', db_names):

def upgrade_\${db_name}() -> None:
    """Upgrade \${db_name} schema."""
    \${context.get("%s_upgrades" % db_name, "pass")}


def downgrade_\${db_name}() -> None:
    """Downgrade \${db_name} schema."""
    \${context.get("%s_downgrades" % db_name, "pass")}

% endfor
`;

// -- settings -------------------------------------------------------------------------------------

/** Options that may stay as they are: what each is for, its name and its default. */
const OPTIONAL: readonly (readonly [about: string, name: string, standard: string])[] = [
  ["time zone of dates in revision files, such as Europe/Berlin; local time where empty", "timezone", ""],
  ["at most so many characters of the message go into a file's name", "truncate_slug_length", "40"],
  ["true: run env.py for every new revision, not only with --autogenerate", "revision_environment", "false"],
  ["true: compiled files without their source are revisions too", "sourceless", "false"],
];
const RECURSIVE =
  "# true: look for revisions in the folders below, too\n# recursive_version_locations = false\n";
const BY_DATE = "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s";
const IN_FOLDERS =
  "%%(year)d/%%(month).2d/%%(day).2d_%%(hour).2d%%(minute).2d_%%(second).2d_%%(rev)s_%%(slug)s";

function options(quote: string): string {
  const shown = OPTIONAL.map(([about, name, value]) => `# ${about}\n# ${name} =${value && ` ${value}`}\n`);
  return [
    `# how a new revision's file is named; %%(rev)s_%%(slug)s where nothing is said\n# file_template = ${quote}${BY_DATE}${quote}\n# in folders by date (recursive_version_locations has to be true)\n# file_template = ${quote}${IN_FOLDERS}${quote}\n`,
    ...shown,
  ].join("\n");
}

const LOGGING = `# logging, read by env.py
[loggers]
keys = root,sqlalchemy,alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console
qualname =

[logger_sqlalchemy]
level = WARNING
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
datefmt = %H:%M:%S
`;
const URL = "sqlalchemy.url = driver://user:pass@localhost/dbname";

function ini(databases: string): string {
  return `[alembic]
# the folder of env.py and the revisions; %(here)s is where this file is
script_location = \${script_location}

# folders that env.py and the revisions can import from
prepend_sys_path = .

${options("")}
# folders of revisions, if not only versions/ beside env.py
# version_locations = %(here)s/bar:%(here)s/bat:%(here)s/alembic/versions

# what separates paths in this file: os (the system's own), :, ;, space or newline
path_separator = os

${RECURSIVE}
# encoding of revision files
# output_encoding = utf-8

${databases}

[post_write_hooks]
# programs that new revision files are handed to
# hooks = black
# black.type = console_scripts
# black.entrypoint = black
# black.options = -l 79 REVISION_SCRIPT_FILENAME

# hooks = ruff
# ruff.type = module
# ruff.module = ruff
# ruff.options = check --fix REVISION_SCRIPT_FILENAME

# hooks = ruff
# ruff.type = exec
# ruff.executable = ruff
# ruff.options = check --fix REVISION_SCRIPT_FILENAME

${LOGGING}`;
}
const ONE = `# the database, read by env.py\n${URL}\n`;
const TWO = `# the databases, each with a section of its own, read by env.py
databases = engine1, engine2

[engine1]
${URL}

[engine2]
${URL}2
`;

const hook = (lines: readonly string[]): string =>
  ["# [[tool.alembic.post_write_hooks]]", ...lines.map((l) => `# ${l}`)].join("\n");
const TOML = `[tool.alembic]

# the folder of env.py and the revisions; %(here)s is where this file is
script_location = "\${script_location}"

# folders that env.py and the revisions can import from
prepend_sys_path = [
    "."
]

${options('"')}
# folders of revisions, if not only versions/ beside env.py
# version_locations = [
#    "%(here)s/alembic/versions",
#    "%(here)s/foo/bar"
# ]

${RECURSIVE}
# encoding of revision files
# output_encoding = "utf-8"

# programs that new revision files are handed to
${hook(['name = "black"', 'type = "console_scripts"', 'entrypoint = "black"', 'options = "-l 79 REVISION_SCRIPT_FILENAME"'])}
#
${hook(['name = "ruff"', 'type = "module"', 'module = "ruff"', 'options = "check --fix REVISION_SCRIPT_FILENAME"'])}
#
${hook(['name = "ruff"', 'type = "exec"', 'executable = "ruff"', 'options = "check --fix REVISION_SCRIPT_FILENAME"'])}

`;
const BESIDE_TOML = `[alembic]

${ONE}

${LOGGING}`;

// -- env.py ---------------------------------------------------------------------------------------

const CONFIGURED = `
# the settings: alembic.ini or pyproject.toml, and the command's own options
config = context.config

# logging as the ini file has it
if config.config_file_name is not None:
    fileConfig(config.config_file_name)
`;
const TARGET = `
# the MetaData of your models, for --autogenerate:
# from myapp import mymodel
# target_metadata = mymodel.Base.metadata
target_metadata = None
`;
const OFFLINE = `
def run_migrations_offline() -> None:
    """Write SQL, without a database: its URL is enough."""
    url = config.get_main_option("sqlalchemy.url")
    context.configure(
        url=url,
        target_metadata=target_metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )

    with context.begin_transaction():
        context.run_migrations()
`;
const EITHER = `
if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
`;
const ENV = `from logging.config import fileConfig

from sqlalchemy import engine_from_config
from sqlalchemy import pool

from alembic import context
${CONFIGURED}${TARGET}
${OFFLINE}

def run_migrations_online() -> None:
    """Run the migrations in the database."""
    connectable = engine_from_config(
        config.get_section(config.config_ini_section, {}),
        prefix="sqlalchemy.",
        poolclass=pool.NullPool,
    )

    with connectable.connect() as connection:
        context.configure(
            connection=connection, target_metadata=target_metadata
        )

        with context.begin_transaction():
            context.run_migrations()

${EITHER}`;
const ASYNC_ENV = `import asyncio
from logging.config import fileConfig

from sqlalchemy import pool
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import async_engine_from_config

from alembic import context
${CONFIGURED}${TARGET}
${OFFLINE}

def do_run_migrations(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=target_metadata)

    with context.begin_transaction():
        context.run_migrations()


async def run_async_migrations() -> None:
    """Run the migrations in the database, through an asynchronous engine."""
    connectable = async_engine_from_config(
        config.get_section(config.config_ini_section, {}),
        prefix="sqlalchemy.",
        poolclass=pool.NullPool,
    )

    async with connectable.connect() as connection:
        await connection.run_sync(do_run_migrations)

    await connectable.dispose()


def run_migrations_online() -> None:
    asyncio.run(run_async_migrations())

${EITHER}`;
const MULTIDB_ENV = `import logging
from logging.config import fileConfig
import re

from sqlalchemy import engine_from_config
from sqlalchemy import pool

from alembic import context

USE_TWOPHASE = False
${CONFIGURED}logger = logging.getLogger("alembic.env")

# the sections of the databases
db_names = config.get_main_option("databases", "")

# the MetaData of each database's models, for --autogenerate:
# from myapp import mymodel
# target_metadata = {
#       'engine1': mymodel.metadata1,
#       'engine2': mymodel.metadata2
# }
target_metadata = {}


def run_migrations_offline() -> None:
    """Write SQL, one file for each database."""
    for name in re.split(r",\\s*", db_names):
        logger.info("Migrating database %s" % name)
        file_ = "%s.sql" % name
        logger.info("Writing output to %s" % file_)
        with open(file_, "w") as buffer:
            context.configure(
                url=config.get_section_option(name, "sqlalchemy.url"),
                output_buffer=buffer,
                target_metadata=target_metadata.get(name),
                literal_binds=True,
                dialect_opts={"paramstyle": "named"},
            )
            with context.begin_transaction():
                context.run_migrations(engine_name=name)


def run_migrations_online() -> None:
    """Run the migrations in all databases; commit where all went well."""
    engines = {}
    for name in re.split(r",\\s*", db_names):
        engines[name] = rec = {}
        rec["engine"] = engine_from_config(
            context.config.get_section(name, {}),
            prefix="sqlalchemy.",
            poolclass=pool.NullPool,
        )

    for rec in engines.values():
        rec["connection"] = conn = rec["engine"].connect()
        if USE_TWOPHASE:
            rec["transaction"] = conn.begin_twophase()
        else:
            rec["transaction"] = conn.begin()

    try:
        for name, rec in engines.items():
            logger.info("Migrating database %s" % name)
            context.configure(
                connection=rec["connection"],
                upgrade_token="%s_upgrades" % name,
                downgrade_token="%s_downgrades" % name,
                target_metadata=target_metadata.get(name),
            )
            context.run_migrations(engine_name=name)

        if USE_TWOPHASE:
            for rec in engines.values():
                rec["transaction"].prepare()

        for rec in engines.values():
            rec["transaction"].commit()
    except:
        for rec in engines.values():
            rec["transaction"].rollback()
        raise
    finally:
        for rec in engines.values():
            rec["connection"].close()

${EITHER}`;

const files = (
  readme: string,
  env: string,
  settings: Readonly<Record<string, string>>,
  script = SINGLE,
): ReadonlyMap<string, string> =>
  new Map([["script.py.mako", script], ["README", readme], ["env.py", env], ...Object.entries(settings)]);

export const templates: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    "async",
    files("Generic single-database configuration with an async dbapi.", ASYNC_ENV, {
      "alembic.ini.mako": ini(ONE),
    }),
  ],
  ["generic", files("Generic single-database configuration.", ENV, { "alembic.ini.mako": ini(ONE) })],
  [
    "multidb",
    files(
      "Rudimentary multi-database configuration.\n\nenv.py runs the migrations once for each database that `databases` in the ini file names.\n",
      MULTIDB_ENV,
      { "alembic.ini.mako": ini(TWO) },
      MULTIDB,
    ),
  ],
  [
    "pyproject",
    files("pyproject configuration, based on the generic configuration.", ENV, {
      "alembic.ini.mako": BESIDE_TOML,
      "pyproject.toml.mako": TOML,
    }),
  ],
  [
    "pyproject_async",
    files("pyproject configuration, with an async dbapi.", ASYNC_ENV, {
      "alembic.ini.mako": BESIDE_TOML,
      "pyproject.toml.mako": TOML,
    }),
  ],
]);
