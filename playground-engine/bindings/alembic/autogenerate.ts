// Autogenerate: renderers, comparators, and what renderers of programs borrow.
import * as room from "../../migrations/index.ts";
import { getAttr } from "../../python/runtime/attributes.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { method, type NativeMethod } from "../../python/runtime/native.ts";
import { setItem } from "../../python/runtime/items.ts";
import { asInt, type Kwargs, type Namespace, type Value } from "../../python/runtime/object.ts";
import { isTrue } from "../../python/runtime/operators.ts";
import { runPython } from "../../python/stdlib/python-source.ts";
import { onReset } from "../../util/reset.ts";
import { extend } from "../define.ts";
import { give, offer } from "../modules.ts";

const ENUMS = `
import enum
class PriorityDispatchResult(enum.Enum):
    CONTINUE = enum.auto()
    STOP = enum.auto()
class DispatchPriority(enum.IntEnum):
    FIRST = 50
    MEDIUM = 25
    LAST = 10
`;

export function bindAutogenerate(): void {
  const { autogenerate } = room;
  offer("alembic.autogenerate.api", autogenerate);
  offer("alembic.autogenerate.render", autogenerate);
  for (const module of ["alembic.autogenerate", "alembic.autogenerate.render", "alembic.util.langhelpers"])
    give(`${module}.renderers`, autogenerate.renderers as unknown as Value);
  give("alembic.autogenerate.render.default_renderers", autogenerate.defaultRenderers as unknown as Value);
  for (const module of ["alembic.autogenerate", "alembic.autogenerate.compare", "alembic.util.langhelpers"])
    give(`${module}.comparators`, autogenerate.comparators as unknown as Value);
  give("alembic.autogenerate.render.MAX_PYTHON_ARGS", 255);
  extend("alembic.autogenerate.api.AutogenContext", {
    getters: {
      _has_batch: {
        get: ((self: { hasBatch: boolean }) => self.hasBatch) as (self: never) => Value,
        set: ((self: { hasBatch: boolean }, v: Value) => {
          self.hasBatch = isTrue(v);
        }) as (self: never, v: Value) => void,
      },
    },
  });
  // what renderers of programs borrow, though it has an underscore
  const { renderSchema } = autogenerate;
  const borrowed: Readonly<Record<string, NativeMethod>> = {
    _repr_type: method("(type_, autogen_context, _skip_variants=False)", renderSchema.type),
    _render_python_into_templatevars: method(
      "(autogen_context, migration_script, template_args)",
      (context: never, script: never, args: Value) => {
        const variables = new Map<string, Value>();
        autogenerate.renderInto(context, script, variables);
        for (const [name, text] of variables) setItem(args, name, text);
      },
    ),
    _render_type_w_subtype: method(
      "(type_, autogen_context, attrname, regexp, prefix=None)",
      (type: never, context: never, attribute: string, regexp: string, prefix: string | null) =>
        renderSchema.withSubtype(type, attribute, regexp, context, prefix) ?? false,
    ),
    _render_column: method("(column, autogen_context)", renderSchema.column),
    _render_server_default: method("(default, autogen_context, repr_=True)", renderSchema.defaultOf),
    _render_potential_expr: method(
      "(value, autogen_context, *, wrap_in_element=True, is_server_default=False, is_index=False)",
      (value: Value, context: never, wrap: boolean, isServerDefault: boolean, isIndex: boolean) =>
        renderSchema.expression(value, context, { wrap, isServerDefault, isIndex }),
    ),
    _sqlalchemy_autogenerate_prefix: method("(autogen_context)", renderSchema.sqlalchemyPrefix),
    _alembic_autogenerate_prefix: method("(autogen_context)", renderSchema.alembicPrefix),
    _user_autogenerate_prefix: method("(autogen_context, target)", renderSchema.userPrefix),
  };
  for (const kind of ["constraint", "primary_key", "foreign_key", "unique_constraint", "check_constraint"])
    (borrowed as Record<string, NativeMethod>)[`_render_${kind}`] = method(
      "(constraint, autogen_context, namespace_metadata)",
      renderSchema.constraint,
    );
  for (const [name, method] of Object.entries(borrowed))
    give(`alembic.autogenerate.render.${name}`, () =>
      nativeFunction(name, method, "alembic.autogenerate.render"),
    );
  let enums: Namespace | undefined;
  const member = (name: string): Value => (enums ??= runPython("alembic.util.langhelpers", ENUMS)).get(name)!;
  for (const name of ["PriorityDispatchResult", "DispatchPriority"])
    for (const module of ["alembic.util", "alembic.util.langhelpers"])
      give(`${module}.${name}`, () => member(name));
  extend("alembic.util.langhelpers.PriorityDispatcher", {
    methods: {
      dispatch: method(
        "(self, target, *, qualifier='default')",
        (self: room.PriorityDispatcher, target: string, qualifier: string) =>
          nativeFunction(
            "go",
            method("(*arg, **kw)", (args: Value[], kw: Kwargs) => self.fire(target, qualifier, args, kw)),
          ),
      ),
    },
  });
  const { isStop } = room.PriorityDispatcher;
  room.PriorityDispatcher.isStop = (v) =>
    isStop(v) || (enums !== undefined && v === getAttr(member("PriorityDispatchResult"), "STOP"));
  room.PriorityDispatcher.numberOf = (v) => Number(asInt(v as Value));
  const plugins = autogenerate.pluginNames();
  onReset(() => {
    autogenerate.renderers.resetTo(autogenerate.defaultRenderers);
    autogenerate.comparators.clear();
    autogenerate.keepPlugins(plugins);
  });
}
