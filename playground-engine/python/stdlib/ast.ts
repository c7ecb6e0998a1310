// The module ast: the parser's tree as Python objects, and back to text.
//
// Node classes are written in Python; the tree itself is built here. What CPython keeps always empty (type_comment,
// type_ignores) is added, so that dumps agree.
// Behaviour: docs.python.org/3.11/library/ast.html.
import { getAttr } from "../runtime/attributes.ts";
import { E, raise, syntaxError } from "../runtime/exceptions.ts";
import { defineModule } from "../runtime/modules.ts";
import {
  asStr,
  Ellipsis,
  PyBytes,
  PyComplex,
  PyFloat,
  PyList,
  PyObject,
  type PyType,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { bytesOf } from "../builtins/buffer.ts";
import { call0 } from "../runtime/call.ts";
import {
  EllipsisConstant,
  FIELDS,
  FloatConstant,
  ImaginaryConstant,
  parse,
  type ParseMode,
  PySyntaxError,
} from "../syntax/index.ts";
import { definePythonModule } from "./python-source.ts";

type Tree = Readonly<Record<string, unknown>> & { readonly _type: keyof typeof FIELDS };
const isTree = (v: unknown): v is Tree => typeof v === "object" && v !== null && "_type" in v;
const EXTRA: Readonly<Record<string, readonly [string, () => Value]>> = {
  Module: ["type_ignores", () => new PyList([])],
  FunctionDef: ["type_comment", () => null],
  AsyncFunctionDef: ["type_comment", () => null],
  Assign: ["type_comment", () => null],
  For: ["type_comment", () => null],
  AsyncFor: ["type_comment", () => null],
  With: ["type_comment", () => null],
  AsyncWith: ["type_comment", () => null],
  arg: ["type_comment", () => null],
};
/** Fields whose strings name a node without fields of its own. */
const NAMED = new Set(["op", "ops", "ctx"]);

class Builder {
  private readonly module: Value;
  private readonly single = new Map<string, Value>();
  constructor(module: Value) {
    this.module = module;
  }
  private cls(name: string): PyType {
    return getAttr(this.module, name) as PyType;
  }
  private named(name: string): Value {
    let v = this.single.get(name);
    if (v === undefined) this.single.set(name, (v = call0(this.cls(name))));
    return v;
  }
  node(t: Tree): Value {
    const o = new PyObject(this.cls(t._type));
    const dict = (o.dict ??= new Map());
    for (const f of FIELDS[t._type]) dict.set(f, this.value(t[f], NAMED.has(f)));
    const extra = EXTRA[t._type];
    if (extra) dict.set(extra[0], extra[1]());
    for (const a of ["lineno", "col_offset", "end_lineno", "end_col_offset"]) if (a in t) dict.set(a, t[a]);
    return o;
  }
  private value(v: unknown, named: boolean): Value {
    if (isTree(v)) return this.node(v);
    if (Array.isArray(v)) return new PyList(v.map((x) => this.value(x, named)));
    if (typeof v === "string") return named ? this.named(v) : v;
    if (v instanceof Uint8Array) return new PyBytes(v);
    if (v instanceof FloatConstant) return new PyFloat(v.value);
    if (v instanceof ImaginaryConstant) return new PyComplex(0, v.imag);
    if (v instanceof EllipsisConstant) return Ellipsis;
    return v ?? null;
  }
}

defineModule("_ast", () => ({
  name: "_ast",
  functions: {
    parse: [
      "(module, source, filename, mode)",
      (module: Value, source: Value, filename: Value, mode: Value) => {
        const text = asStr(source) ?? (bytesOf(source) && new TextDecoder().decode(bytesOf(source)));
        if (text === undefined) raise(E.TypeError, `compile() arg 1 must be a string, bytes or AST object`);
        const m = asStr(mode) ?? typeOf(mode).name;
        if (!["exec", "eval", "single"].includes(m))
          raise(E.ValueError, `compile() mode must be 'exec', 'eval' or 'single'`);
        try {
          return new Builder(module).node(
            parse(text, asStr(filename) ?? "<unknown>", m as ParseMode) as unknown as Tree,
          );
        } catch (e) {
          if (e instanceof PySyntaxError) throw syntaxError(e, asStr(filename) ?? "<unknown>");
          throw e;
        }
      },
    ],
  },
}));

definePythonModule(
  "ast",
  String.raw`
import sys
import _ast

PyCF_ONLY_AST = 1024


class AST:
    _fields = ()
    _attributes = ()
    __match_args__ = ()

    def __init__(self, *args, **kwargs):
        if len(args) > len(self._fields):
            raise TypeError("%s constructor takes at most %d positional argument%s" % (type(self).__name__, len(self._fields), "" if len(self._fields) == 1 else "s"))
        for name, value in zip(self._fields, args):
            setattr(self, name, value)
        for name, value in kwargs.items():
            if name in self._fields[:len(args)]:
                raise TypeError("%s got multiple values for argument '%s'" % (type(self).__name__, name))
            setattr(self, name, value)

    def __repr__(self):
        return "<ast.%s object at 0x%x>" % (type(self).__name__, id(self))

    def __reduce__(self):
        return type(self), (), self.__dict__


AST.__module__ = "ast"
_PLACES = ("lineno", "col_offset", "end_lineno", "end_col_offset")
_GRAMMAR = """
mod: Module(body,type_ignores) Interactive(body) Expression(body) FunctionType(argtypes,returns)
stmt@: FunctionDef(name,args,body,decorator_list,returns?,type_comment?) AsyncFunctionDef(name,args,body,decorator_list,returns?,type_comment?)
 ClassDef(name,bases,keywords,body,decorator_list) Return(value?) Delete(targets) Assign(targets,value,type_comment?)
 AugAssign(target,op,value) AnnAssign(target,annotation,value?,simple) For(target,iter,body,orelse,type_comment?)
 AsyncFor(target,iter,body,orelse,type_comment?) While(test,body,orelse) If(test,body,orelse) With(items,body,type_comment?)
 AsyncWith(items,body,type_comment?) Match(subject,cases) Raise(exc?,cause?) Try(body,handlers,orelse,finalbody)
 TryStar(body,handlers,orelse,finalbody) Assert(test,msg?) Import(names) ImportFrom(module?,names,level?) Global(names) Nonlocal(names)
 Expr(value) Pass() Break() Continue()
expr@: BoolOp(op,values) NamedExpr(target,value) BinOp(left,op,right) UnaryOp(op,operand) Lambda(args,body) IfExp(test,body,orelse)
 Dict(keys,values) Set(elts) ListComp(elt,generators) SetComp(elt,generators) DictComp(key,value,generators) GeneratorExp(elt,generators)
 Await(value) Yield(value?) YieldFrom(value) Compare(left,ops,comparators) Call(func,args,keywords) FormattedValue(value,conversion,format_spec?)
 JoinedStr(values) Constant(value,kind?) Attribute(value,attr,ctx) Subscript(value,slice,ctx) Starred(value,ctx) Name(id,ctx) List(elts,ctx)
 Tuple(elts,ctx) Slice(lower?,upper?,step?)
expr_context: Load() Store() Del()
boolop: And() Or()
operator: Add() Sub() Mult() MatMult() Div() Mod() Pow() LShift() RShift() BitOr() BitXor() BitAnd() FloorDiv()
unaryop: Invert() Not() UAdd() USub()
cmpop: Eq() NotEq() Lt() LtE() Gt() GtE() Is() IsNot() In() NotIn()
comprehension: comprehension(target,iter,ifs,is_async)
excepthandler@: ExceptHandler(type?,name?,body)
arguments: arguments(posonlyargs,args,vararg?,kwonlyargs,kw_defaults,kwarg?,defaults)
arg@: arg(arg,annotation?,type_comment?)
keyword@: keyword(arg?,value)
alias@: alias(name,asname?)
withitem: withitem(context_expr,optional_vars?)
match_case: match_case(pattern,guard?,body)
pattern@: MatchValue(value) MatchSingleton(value) MatchSequence(patterns) MatchMapping(keys,patterns,rest?) MatchClass(cls,patterns,kwd_attrs,kwd_patterns)
 MatchStar(name?) MatchAs(pattern?,name?) MatchOr(patterns)
type_ignore: TypeIgnore(lineno,tag)
"""


def _define():
    made = {"AST": AST}
    base = places = None
    for word in _GRAMMAR.split():
        if word.endswith(":"):
            group = word[:-1]
            places = _PLACES if group.endswith("@") else ()
            group = group.rstrip("@")
            base = made.setdefault(group, type(group, (AST,), {"__module__": "ast", "_attributes": places}))
            continue
        name, _, rest = word[:-1].partition("(")
        fields = [f for f in rest.split(",") if f]
        names = tuple(f.rstrip("?") for f in fields)
        body = {"__module__": "ast", "_fields": names, "__match_args__": names, "_attributes": places}
        body.update((f[:-1], None) for f in fields if f.endswith("?"))
        if places:
            body["end_lineno"] = body["end_col_offset"] = None
        made[name] = type(name, (AST,) if name == base.__name__ else (base,), body)
    return made


globals().update(_define())


class Num(Constant):
    pass


class Str(Constant):
    pass


def parse(source, filename="<unknown>", mode="exec", *, type_comments=False, feature_version=None):
    if isinstance(source, AST):
        return source
    return _ast.parse(sys.modules["ast"], source, filename, mode)


def literal_eval(node_or_string):
    if isinstance(node_or_string, str):
        node_or_string = parse(node_or_string.lstrip(" \t"), mode="eval")
    if isinstance(node_or_string, Expression):
        node_or_string = node_or_string.body

    def bad(node):
        where = "" if getattr(node, "lineno", None) is None else f" on line {node.lineno}"
        raise ValueError("malformed node or string" + where + f": {node!r}")

    def number(node):
        if not isinstance(node, Constant) or type(node.value) not in (int, float, complex):
            bad(node)
        return node.value

    def signed(node):
        if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
            value = number(node.operand)
            return +value if isinstance(node.op, UAdd) else -value
        return number(node)

    def convert(node):
        if isinstance(node, Constant):
            return node.value
        if isinstance(node, Tuple):
            return tuple(map(convert, node.elts))
        if isinstance(node, List):
            return list(map(convert, node.elts))
        if isinstance(node, Set):
            return set(map(convert, node.elts))
        if isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == "set" and node.args == node.keywords == []:
            return set()
        if isinstance(node, Dict):
            if len(node.keys) != len(node.values):
                bad(node)
            return dict(zip(map(convert, node.keys), map(convert, node.values)))
        if isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
            left, right = signed(node.left), number(node.right)
            if isinstance(left, (int, float)) and isinstance(right, complex):
                return left + right if isinstance(node.op, Add) else left - right
        return signed(node)
    return convert(node_or_string)


def dump(node, annotate_fields=True, include_attributes=False, *, indent=None):
    if not isinstance(node, AST):
        raise TypeError("expected AST, got %r" % node.__class__.__name__)
    if indent is not None and not isinstance(indent, str):
        indent = " " * indent

    def show(node, level):
        if indent is not None:
            level += 1
            prefix, sep = "\n" + indent * level, ",\n" + indent * level
        else:
            prefix, sep = "", ", "
        if isinstance(node, AST):
            cls = type(node)
            args, simple, keywords = [], True, annotate_fields
            for name in node._fields:
                try:
                    value = getattr(node, name)
                except AttributeError:
                    keywords = True
                    continue
                if value is None and getattr(cls, name, ...) is None:
                    keywords = True
                    continue
                text, plain = show(value, level)
                simple = simple and plain
                args.append("%s=%s" % (name, text) if keywords else text)
            if include_attributes and node._attributes:
                for name in node._attributes:
                    try:
                        value = getattr(node, name)
                    except AttributeError:
                        continue
                    if value is None and getattr(cls, name, ...) is None:
                        continue
                    text, plain = show(value, level)
                    simple = simple and plain
                    args.append("%s=%s" % (name, text))
            if simple and len(args) <= 3:
                return "%s(%s)" % (cls.__name__, ", ".join(args)), not args
            return "%s(%s%s)" % (cls.__name__, prefix, sep.join(args)), False
        if isinstance(node, list):
            if not node:
                return "[]", True
            return "[%s%s]" % (prefix, sep.join(show(x, level)[0] for x in node)), False
        return repr(node), True
    return show(node, 0)[0]


def copy_location(new_node, old_node):
    for name in _PLACES:
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            if value is not None or hasattr(old_node, name) and name.startswith("end_"):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    def fix(node, place):
        place = list(place)
        for i, name in enumerate(_PLACES):
            if name in node._attributes:
                if getattr(node, name, None) is None:
                    setattr(node, name, place[i])
                else:
                    place[i] = getattr(node, name)
        for child in iter_child_nodes(node):
            fix(child, place)
    fix(node, (1, 0, 1, 0))
    return node


def increment_lineno(node, n=1):
    for child in walk(node):
        if "lineno" in child._attributes:
            child.lineno = getattr(child, "lineno", 0) + n
        if getattr(child, "end_lineno", None) is not None:
            child.end_lineno += n
    return node


def iter_fields(node):
    for field in node._fields:
        try:
            yield field, getattr(node, field)
        except AttributeError:
            pass


def iter_child_nodes(node):
    for _, field in iter_fields(node):
        if isinstance(field, AST):
            yield field
        elif isinstance(field, list):
            for item in field:
                if isinstance(item, AST):
                    yield item


def walk(node):
    todo = [node]
    while todo:
        node = todo.pop(0)
        todo.extend(iter_child_nodes(node))
        yield node


def get_docstring(node, clean=True):
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError("%r can't have docstrings" % (node.__class__.__name__))
    if not (node.body and isinstance(node.body[0], Expr)):
        return None
    value = node.body[0].value
    if not (isinstance(value, Constant) and isinstance(value.value, str)):
        return None
    if clean:
        import inspect
        return inspect.cleandoc(value.value)
    return value.value


def get_source_segment(source, node, *, padded=False):
    try:
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        first, last, start, end = node.lineno - 1, node.end_lineno - 1, node.col_offset, node.end_col_offset
    except AttributeError:
        return None
    lines = source.splitlines(True)
    if first == last:
        return lines[first].encode()[start:end].decode()
    head = " " * start if padded else ""
    return head + lines[first].encode()[start:].decode() + "".join(lines[first + 1:last]) + lines[last].encode()[:end].decode()


class NodeVisitor:
    def visit(self, node):
        return getattr(self, "visit_" + node.__class__.__name__, self.generic_visit)(node)

    def generic_visit(self, node):
        for _, value in iter_fields(node):
            if isinstance(value, list):
                for item in value:
                    if isinstance(item, AST):
                        self.visit(item)
            elif isinstance(value, AST):
                self.visit(value)


class NodeTransformer(NodeVisitor):
    def generic_visit(self, node):
        for field, old in iter_fields(node):
            if isinstance(old, list):
                made = []
                for value in old:
                    if isinstance(value, AST):
                        value = self.visit(value)
                        if value is None:
                            continue
                        if not isinstance(value, AST):
                            made.extend(value)
                            continue
                    made.append(value)
                old[:] = made
            elif isinstance(old, AST):
                new = self.visit(old)
                if new is None:
                    delattr(node, field)
                else:
                    setattr(node, field, new)
        return node


# ---- text again: one method a node, each told how tightly its place binds

_TUPLE, _YIELD, _TEST, _OR, _AND, _NOT, _CMP, _EXPR, _BXOR, _BAND, _SHIFT, _ARITH, _TERM, _FACTOR, _POWER, _AWAIT, _ATOM = range(1, 18)
_BINARY = {"Add": ("+", _ARITH), "Sub": ("-", _ARITH), "Mult": ("*", _TERM), "MatMult": ("@", _TERM), "Div": ("/", _TERM), "Mod": ("%", _TERM),
           "LShift": ("<<", _SHIFT), "RShift": (">>", _SHIFT), "BitOr": ("|", _EXPR), "BitXor": ("^", _BXOR), "BitAnd": ("&", _BAND), "FloorDiv": ("//", _TERM),
           "Pow": ("**", _POWER)}
_COMPARE = {"Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in"}
_UNARY = {"Invert": ("~", _FACTOR), "Not": ("not ", _NOT), "UAdd": ("+", _FACTOR), "USub": ("-", _FACTOR)}


class _Unparser:
    def __init__(self):
        self.lines = []
        self.level = 0

    # expressions give text

    def e(self, node, place=_TEST):
        text, own = getattr(self, "e_" + type(node).__name__)(node)
        return "(" + text + ")" if own < place else text

    def items(self, nodes, place=_TEST):
        return ", ".join(self.e(n, place) for n in nodes)

    def e_Name(self, n):
        return n.id, _ATOM

    def e_Constant(self, n):
        v = n.value
        if v is ...:
            return "...", _ATOM
        if isinstance(v, (float, complex)):
            return repr(v).replace("inf", "1e309").replace("nan", "(1e309-1e309)"), _ATOM
        return ("u" if n.kind == "u" else "") + repr(v), _ATOM

    def e_Tuple(self, n):
        if not n.elts:
            return "()", _ATOM
        return (self.e(n.elts[0]) + "," if len(n.elts) == 1 else self.items(n.elts)), _TUPLE

    def e_List(self, n):
        return "[" + self.items(n.elts) + "]", _ATOM

    def e_Set(self, n):
        return "{" + (self.items(n.elts) or "*()") + "}", _ATOM

    def e_Dict(self, n):
        return "{" + ", ".join("**" + self.e(v, _EXPR) if k is None else self.e(k) + ": " + self.e(v) for k, v in zip(n.keys, n.values)) + "}", _ATOM

    def e_BoolOp(self, n):
        word, own = (" and ", _AND) if isinstance(n.op, And) else (" or ", _OR)
        return word.join(self.e(v, own + 1 + i) for i, v in enumerate(n.values)), own

    def e_NamedExpr(self, n):
        return "(%s := %s)" % (self.e(n.target, _ATOM), self.e(n.value, _ATOM)), _ATOM

    def e_BinOp(self, n):
        sign, own = _BINARY[type(n.op).__name__]
        if own == _POWER:
            return self.e(n.left, _POWER + 1) + " ** " + self.e(n.right, _POWER), own
        return "%s %s %s" % (self.e(n.left, own), sign, self.e(n.right, own + 1)), own

    def e_UnaryOp(self, n):
        sign, own = _UNARY[type(n.op).__name__]
        return sign + self.e(n.operand, own), own

    def e_Compare(self, n):
        return self.e(n.left, _CMP + 1) + "".join(" %s %s" % (_COMPARE[type(o).__name__], self.e(c, _CMP + 1)) for o, c in zip(n.ops, n.comparators)), _CMP

    def e_IfExp(self, n):
        return "%s if %s else %s" % (self.e(n.body, _TEST + 1), self.e(n.test, _TEST + 1), self.e(n.orelse, _TEST)), _TEST

    def e_Lambda(self, n):
        args = self.arguments(n.args)
        return "lambda%s: %s" % (" " + args if args else "", self.e(n.body, _TEST)), _TEST

    def e_Attribute(self, n):
        base = self.e(n.value, _ATOM)
        if isinstance(n.value, Constant) and isinstance(n.value.value, int):
            base += " "
        return base + "." + n.attr, _ATOM

    def e_Subscript(self, n):
        s = n.slice
        inner = (self.items(s.elts) + ("," if len(s.elts) == 1 else "")) if isinstance(s, Tuple) and s.elts else self.e(s, _TUPLE)
        return "%s[%s]" % (self.e(n.value, _ATOM), inner), _ATOM

    def e_Slice(self, n):
        text = (self.e(n.lower) if n.lower else "") + ":" + (self.e(n.upper) if n.upper else "")
        return text + (":" + self.e(n.step) if n.step else ""), _ATOM

    def e_Starred(self, n):
        return "*" + self.e(n.value, _EXPR), _ATOM

    def e_Call(self, n):
        parts = [self.e(a) for a in n.args] + [("**" if k.arg is None else k.arg + "=") + self.e(k.value) for k in n.keywords]
        return "%s(%s)" % (self.e(n.func, _ATOM), ", ".join(parts)), _ATOM

    def generators(self, n):
        return "".join("%sfor %s in %s%s" % (" async " if g.is_async else " ", self.e(g.target, _TUPLE), self.e(g.iter, _TEST + 1),
                                             "".join(" if " + self.e(i, _TEST + 1) for i in g.ifs)) for g in n.generators)

    def e_ListComp(self, n):
        return "[" + self.e(n.elt) + self.generators(n) + "]", _ATOM

    def e_SetComp(self, n):
        return "{" + self.e(n.elt) + self.generators(n) + "}", _ATOM

    def e_GeneratorExp(self, n):
        return "(" + self.e(n.elt) + self.generators(n) + ")", _ATOM

    def e_DictComp(self, n):
        return "{" + self.e(n.key) + ": " + self.e(n.value) + self.generators(n) + "}", _ATOM

    def e_Await(self, n):
        return "await " + self.e(n.value, _ATOM), _AWAIT

    def e_Yield(self, n):
        return "(yield%s)" % (" " + self.e(n.value) if n.value else ""), _ATOM

    def e_YieldFrom(self, n):
        return "(yield from %s)" % self.e(n.value, _ATOM), _ATOM

    def joined(self, n):
        out = ""
        for v in n.values:
            if isinstance(v, Constant):
                out += v.value.replace("{", "{{").replace("}", "}}")
            elif isinstance(v, JoinedStr):
                out += self.joined(v)
            else:
                inner = _Unparser().e(v.value, _TEST + 1)
                out += "{" + (" " if inner.startswith("{") else "") + inner + ("!" + chr(v.conversion) if v.conversion != -1 else "")
                out += (":" + self.joined(v.format_spec) if v.format_spec else "") + "}"
        return out

    def e_JoinedStr(self, n):
        text = self.joined(n)
        for q in ("'", '"', "'''", '"""'):
            if q not in text and not ("\n" in text and len(q) == 1):
                return "f" + q + text.replace("\\", "\\\\").replace("\n", "\\n" if len(q) == 1 else "\n") + q, _ATOM
        return "f" + repr(text), _ATOM

    e_FormattedValue = lambda self, n: self.e_JoinedStr(JoinedStr(values=[n]))

    def arguments(self, a):
        out = []
        plain = a.posonlyargs + a.args
        defaults = [None] * (len(plain) - len(a.defaults)) + a.defaults
        for i, (p, d) in enumerate(zip(plain, defaults), 1):
            out.append(self.arg(p) + ("=" + self.e(d) if d else ""))
            if i == len(a.posonlyargs):
                out.append("/")
        if a.vararg or a.kwonlyargs:
            out.append("*" + (self.arg(a.vararg) if a.vararg else ""))
        for p, d in zip(a.kwonlyargs, a.kw_defaults):
            out.append(self.arg(p) + ("=" + self.e(d) if d else ""))
        if a.kwarg:
            out.append("**" + self.arg(a.kwarg))
        return ", ".join(out)

    def arg(self, a):
        return a.arg + (": " + self.e(a.annotation) if a.annotation else "")

    # patterns

    def pattern(self, p, place=_TEST):
        kind = type(p).__name__
        if kind == "MatchValue":
            return self.e(p.value)
        if kind == "MatchSingleton":
            return repr(p.value)
        if kind == "MatchSequence":
            return "[" + ", ".join(self.pattern(x) for x in p.patterns) + "]"
        if kind == "MatchStar":
            return "*" + (p.name or "_")
        if kind == "MatchMapping":
            parts = [self.e(k) + ": " + self.pattern(v) for k, v in zip(p.keys, p.patterns)] + (["**" + p.rest] if p.rest else [])
            return "{" + ", ".join(parts) + "}"
        if kind == "MatchClass":
            return "%s(%s)" % (self.e(p.cls, _ATOM), ", ".join([self.pattern(x) for x in p.patterns] + [k + "=" + self.pattern(v) for k, v in zip(p.kwd_attrs, p.kwd_patterns)]))
        if kind == "MatchOr":
            text, own = " | ".join(self.pattern(x, _EXPR + 1) for x in p.patterns), _EXPR
        elif p.pattern is None:
            return p.name or "_"
        else:
            text, own = self.pattern(p.pattern, _EXPR) + " as " + p.name, _TEST
        return "(" + text + ")" if own < place else text

    # statements append lines

    def put(self, text):
        self.lines.append("    " * self.level + text)

    def block(self, body):
        self.level += 1
        for s in body:
            self.s(s)
        self.level -= 1

    def s(self, node):
        getattr(self, "s_" + type(node).__name__)(node)

    def docstring(self, body):
        if body and isinstance(body[0], Expr) and isinstance(body[0].value, Constant) and isinstance(body[0].value.value, str):
            text = body[0].value.value.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
            if text.endswith('"'):
                text = text[:-1] + '\\"'
            self.lines.append("    " * self.level + '"""' + text + '"""')
            return body[1:]
        return body

    def s_Module(self, n):
        for s in self.docstring(n.body):
            self.s(s)

    def s_Interactive(self, n):
        for s in n.body:
            self.s(s)

    def s_Expression(self, n):
        self.put(self.e(n.body))

    def _def(self, n, word):
        if self.lines:
            self.lines.append("")
        for d in n.decorator_list:
            self.put("@" + self.e(d))
        self.put("%s %s(%s)%s:" % (word, n.name, self.arguments(n.args), " -> " + self.e(n.returns) if n.returns else ""))
        self._body(n)

    def _body(self, n):
        self.level += 1
        rest = self.docstring(n.body)
        self.level -= 1
        self.block(rest)

    def s_FunctionDef(self, n):
        self._def(n, "def")

    def s_AsyncFunctionDef(self, n):
        self._def(n, "async def")

    def s_ClassDef(self, n):
        if self.lines:
            self.lines.append("")
        for d in n.decorator_list:
            self.put("@" + self.e(d))
        parts = [self.e(b) for b in n.bases] + [("**" if k.arg is None else k.arg + "=") + self.e(k.value) for k in n.keywords]
        self.put("class %s%s:" % (n.name, "(%s)" % ", ".join(parts) if parts else ""))
        self._body(n)

    def s_Return(self, n):
        self.put("return" + (" " + self.e(n.value) if n.value else ""))

    def s_Delete(self, n):
        self.put("del " + self.items(n.targets))

    def s_Assign(self, n):
        self.put("".join(self.e(t, _TUPLE) + " = " for t in n.targets) + self.e(n.value))

    def s_AugAssign(self, n):
        self.put("%s %s= %s" % (self.e(n.target), _BINARY[type(n.op).__name__][0], self.e(n.value)))

    def s_AnnAssign(self, n):
        target = self.e(n.target, _TUPLE)
        if not n.simple and isinstance(n.target, Name):
            target = "(" + target + ")"
        self.put("%s: %s%s" % (target, self.e(n.annotation), " = " + self.e(n.value) if n.value else ""))

    def _for(self, n, word):
        self.put("%s %s in %s:" % (word, self.e(n.target, _TUPLE), self.e(n.iter)))
        self.block(n.body)
        self._else(n)

    def _else(self, n, word="else"):
        if n.orelse:
            self.put(word + ":")
            self.block(n.orelse)

    def s_For(self, n):
        self._for(n, "for")

    def s_AsyncFor(self, n):
        self._for(n, "async for")

    def s_While(self, n):
        self.put("while %s:" % self.e(n.test))
        self.block(n.body)
        self._else(n)

    def s_If(self, n):
        self.put("if %s:" % self.e(n.test))
        self.block(n.body)
        while len(n.orelse) == 1 and isinstance(n.orelse[0], If):
            n = n.orelse[0]
            self.put("elif %s:" % self.e(n.test))
            self.block(n.body)
        self._else(n)

    def _with(self, n, word):
        self.put("%s %s:" % (word, ", ".join(self.e(i.context_expr) + (" as " + self.e(i.optional_vars) if i.optional_vars else "") for i in n.items)))
        self.block(n.body)

    def s_With(self, n):
        self._with(n, "with")

    def s_AsyncWith(self, n):
        self._with(n, "async with")

    def s_Match(self, n):
        self.put("match %s:" % self.e(n.subject))
        self.level += 1
        for c in n.cases:
            self.put("case %s%s:" % (self.pattern(c.pattern), " if " + self.e(c.guard) if c.guard else ""))
            self.block(c.body)
        self.level -= 1

    def s_Raise(self, n):
        self.put("raise" + (" " + self.e(n.exc) if n.exc else "") + (" from " + self.e(n.cause) if n.cause else ""))

    def _try(self, n, star=""):
        self.put("try:")
        self.block(n.body)
        for h in n.handlers:
            self.put("except" + star + (" " + self.e(h.type) if h.type else "") + (" as " + h.name if h.name else "") + ":")
            self.block(h.body)
        self._else(n)
        if n.finalbody:
            self.put("finally:")
            self.block(n.finalbody)

    def s_Try(self, n):
        self._try(n)

    def s_TryStar(self, n):
        self._try(n, "*")

    def s_Assert(self, n):
        self.put("assert " + self.e(n.test) + (", " + self.e(n.msg) if n.msg else ""))

    def _names(self, names):
        return ", ".join(a.name + (" as " + a.asname if a.asname else "") for a in names)

    def s_Import(self, n):
        self.put("import " + self._names(n.names))

    def s_ImportFrom(self, n):
        self.put("from %s%s import %s" % ("." * (n.level or 0), n.module or "", self._names(n.names)))

    def s_Global(self, n):
        self.put("global " + ", ".join(n.names))

    def s_Nonlocal(self, n):
        self.put("nonlocal " + ", ".join(n.names))

    def s_Expr(self, n):
        text = self.e(n.value)
        self.put(text[1:-1] if isinstance(n.value, (Yield, YieldFrom)) else text)

    def s_Pass(self, n):
        self.put("pass")

    def s_Break(self, n):
        self.put("break")

    def s_Continue(self, n):
        self.put("continue")


def unparse(ast_obj):
    u = _Unparser()
    if isinstance(ast_obj, list):
        for node in ast_obj:
            u.s(node)
    elif isinstance(ast_obj, expr):
        return u.e(ast_obj)
    elif isinstance(ast_obj, arguments):
        return u.arguments(ast_obj)
    elif isinstance(ast_obj, arg):
        return u.arg(ast_obj)
    elif isinstance(ast_obj, pattern):
        return u.pattern(ast_obj)
    else:
        u.s(ast_obj)
    return "\n".join(u.lines)
`,
);
