// Containers of arguments and the parser.
// Python source: a part of the module argparse, which ../argparse.ts puts together.
export const PARSER = String.raw`class _ActionsContainer:
    def __init__(self, description, prefix_chars, argument_default, conflict_handler):
        self.description = description
        self.argument_default = argument_default
        self.prefix_chars = prefix_chars
        self.conflict_handler = conflict_handler
        self._registries = {}
        for name, cls in ((None, _StoreAction), ("store", _StoreAction), ("store_const", _StoreConstAction), ("store_true", _StoreTrueAction),
                          ("store_false", _StoreFalseAction), ("append", _AppendAction), ("append_const", _AppendConstAction), ("count", _CountAction),
                          ("help", _HelpAction), ("version", _VersionAction), ("parsers", _SubParsersAction), ("extend", _ExtendAction)):
            self.register("action", name, cls)
        self._get_handler()
        self._actions = []
        self._option_string_actions = {}
        self._action_groups = []
        self._mutually_exclusive_groups = []
        self._defaults = {}
        self._negative_number_matcher = _re.compile(r"^-\d+$|^-\d*\.\d+$")
        self._has_negative_number_optionals = []

    def register(self, registry_name, value, object):
        self._registries.setdefault(registry_name, {})[value] = object

    def _registry_get(self, registry_name, value, default=None):
        try:
            return self._registries.get(registry_name, {}).get(value, default)
        except TypeError:
            return default

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)
        for action in self._actions:
            if action.dest in kwargs:
                action.default = kwargs[action.dest]

    def get_default(self, dest):
        for action in self._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._defaults.get(dest, None)

    def add_argument(self, *args, **kwargs):
        chars = self.prefix_chars
        if not args or len(args) == 1 and args[0][0] not in chars:
            if args and "dest" in kwargs:
                raise ValueError("dest supplied twice for positional argument")
            kwargs = self._get_positional_kwargs(*args, **kwargs)
        else:
            kwargs = self._get_optional_kwargs(*args, **kwargs)
        if "default" not in kwargs:
            if kwargs["dest"] in self._defaults:
                kwargs["default"] = self._defaults[kwargs["dest"]]
            elif self.argument_default is not None:
                kwargs["default"] = self.argument_default
        cls = kwargs.pop("action", None)
        cls = self._registry_get("action", cls, cls)
        if not callable(cls):
            raise ValueError('unknown action "%s"' % (cls,))
        action = cls(**kwargs)
        kind = self._registry_get("type", action.type, action.type)
        if kind is not None and not callable(kind):
            raise ValueError("%r is not callable" % (kind,))
        if kind is FileType:
            raise ValueError("%r is a FileType class object, instance of it must be passed" % (kind,))
        if hasattr(self, "_get_formatter"):
            try:
                self._get_formatter()._format_args(action, None)
            except TypeError:
                raise ValueError("length of metavar tuple does not match nargs")
        return self._add_action(action)

    def add_argument_group(self, *args, **kwargs):
        group = _ArgumentGroup(self, *args, **kwargs)
        self._action_groups.append(group)
        return group

    def add_mutually_exclusive_group(self, **kwargs):
        group = _MutuallyExclusiveGroup(self, **kwargs)
        self._mutually_exclusive_groups.append(group)
        return group

    def _add_action(self, action):
        self._check_conflict(action)
        self._actions.append(action)
        action.container = self
        for s in action.option_strings:
            self._option_string_actions[s] = action
        for s in action.option_strings:
            if self._negative_number_matcher.match(s) and not self._has_negative_number_optionals:
                self._has_negative_number_optionals.append(True)
        return action

    def _remove_action(self, action):
        self._actions.remove(action)

    def _add_container_actions(self, container):
        groups = {g.title: g for g in self._action_groups}
        mapping = {}
        for group in container._action_groups:
            if group.title not in groups:
                groups[group.title] = self.add_argument_group(title=group.title, description=group.description, conflict_handler=group.conflict_handler)
            for action in group._group_actions:
                mapping[action] = groups[group.title]
        for group in container._mutually_exclusive_groups:
            made = self.add_mutually_exclusive_group(required=group.required)
            for action in group._group_actions:
                mapping[action] = made
        for action in container._actions:
            mapping.get(action, self)._add_action(action)

    def _get_positional_kwargs(self, dest, **kwargs):
        if "required" in kwargs:
            raise TypeError("'required' is an invalid argument for positionals")
        if kwargs.get("nargs") not in (OPTIONAL, ZERO_OR_MORE):
            kwargs["required"] = True
        if kwargs.get("nargs") == ZERO_OR_MORE and "default" not in kwargs:
            kwargs["required"] = True
        return dict(kwargs, dest=dest, option_strings=[])

    def _get_optional_kwargs(self, *args, **kwargs):
        options, longs = [], []
        for s in args:
            if s[0] not in self.prefix_chars:
                raise ValueError("invalid option string %r: must start with a character %r" % (s, self.prefix_chars))
            options.append(s)
            if len(s) > 1 and s[1] in self.prefix_chars:
                longs.append(s)
        dest = kwargs.pop("dest", None)
        if dest is None:
            dest = (longs or options)[0].lstrip(self.prefix_chars)
            if not dest:
                raise ValueError("dest= is required for options like %r" % s)
            dest = dest.replace("-", "_")
        return dict(kwargs, dest=dest, option_strings=options)

    def _get_handler(self):
        try:
            return getattr(self, "_handle_conflict_" + self.conflict_handler)
        except AttributeError:
            raise ValueError("invalid conflict_resolution value: %r" % (self.conflict_handler,))

    def _check_conflict(self, action):
        conflicts = [(s, self._option_string_actions[s]) for s in action.option_strings if s in self._option_string_actions]
        if conflicts:
            self._get_handler()(action, conflicts)

    def _handle_conflict_error(self, action, conflicts):
        word = "string" if len(conflicts) == 1 else "strings"
        raise ArgumentError(action, "conflicting option %s: %s" % (word, ", ".join(s for s, _ in conflicts)))

    def _handle_conflict_resolve(self, action, conflicts):
        for s, other in conflicts:
            other.option_strings.remove(s)
            self._option_string_actions.pop(s, None)
            if not other.option_strings:
                other.container._remove_action(other)


class _ArgumentGroup(_ActionsContainer):
    def __init__(self, container, title=None, description=None, **kwargs):
        super().__init__(description, kwargs.get("prefix_chars", container.prefix_chars), kwargs.get("argument_default", container.argument_default),
                         kwargs.get("conflict_handler", container.conflict_handler))
        self.title = title
        self._group_actions = []
        self._registries = container._registries
        self._actions = container._actions
        self._option_string_actions = container._option_string_actions
        self._defaults = container._defaults
        self._has_negative_number_optionals = container._has_negative_number_optionals
        self._mutually_exclusive_groups = container._mutually_exclusive_groups

    def _add_action(self, action):
        action = super()._add_action(action)
        self._group_actions.append(action)
        return action

    def _remove_action(self, action):
        super()._remove_action(action)
        self._group_actions.remove(action)

    def add_argument_group(self, *args, **kwargs):
        _warnings.warn("Nesting argument groups is deprecated.", DeprecationWarning, stacklevel=2)
        return super().add_argument_group(*args, **kwargs)


class _MutuallyExclusiveGroup(_ArgumentGroup):
    def __init__(self, container, required=False):
        super().__init__(container)
        self.required = required
        self._container = container

    def _add_action(self, action):
        if action.required:
            raise ValueError("mutually exclusive arguments must be optional")
        action = self._container._add_action(action)
        self._group_actions.append(action)
        return action

    def _remove_action(self, action):
        self._container._remove_action(action)
        self._group_actions.remove(action)

    def add_mutually_exclusive_group(self, *args, **kwargs):
        _warnings.warn("Nesting mutually exclusive groups is deprecated.", DeprecationWarning, stacklevel=2)
        return super().add_mutually_exclusive_group(*args, **kwargs)


class ArgumentParser(_AttributeHolder, _ActionsContainer):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter, prefix_chars="-",
                 fromfile_prefix_chars=None, argument_default=None, conflict_handler="error", add_help=True, allow_abbrev=True, exit_on_error=True):
        _ActionsContainer.__init__(self, description, prefix_chars, argument_default, conflict_handler)
        self.prog = _os.path.basename(_sys.argv[0]) if prog is None else prog
        self.usage = usage
        self.epilog = epilog
        self.formatter_class = formatter_class
        self.fromfile_prefix_chars = fromfile_prefix_chars
        self.add_help = add_help
        self.allow_abbrev = allow_abbrev
        self.exit_on_error = exit_on_error
        self._positionals = self.add_argument_group("positional arguments")
        self._optionals = self.add_argument_group("options")
        self._subparsers = None
        self.register("type", None, lambda string: string)
        prefix = "-" if "-" in prefix_chars else prefix_chars[0]
        if self.add_help:
            self.add_argument(prefix + "h", prefix * 2 + "help", action="help", default=SUPPRESS, help="show this help message and exit")
        for parent in parents:
            self._add_container_actions(parent)
            self._defaults.update(getattr(parent, "_defaults", {}))

    def _get_kwargs(self):
        return [(name, getattr(self, name)) for name in ("prog", "usage", "description", "formatter_class", "conflict_handler", "add_help")]

    def add_subparsers(self, **kwargs):
        if self._subparsers is not None:
            self.error("cannot have multiple subparser arguments")
        kwargs.setdefault("parser_class", type(self))
        if "title" in kwargs or "description" in kwargs:
            self._subparsers = self.add_argument_group(kwargs.pop("title", "subcommands"), kwargs.pop("description", None))
        else:
            self._subparsers = self._positionals
        if kwargs.get("prog") is None:
            formatter = self._get_formatter()
            formatter.add_usage(self.usage, [a for a in self._actions if not a.option_strings], self._mutually_exclusive_groups, "")
            kwargs["prog"] = formatter.format_help().strip()
        cls = kwargs.pop("action", None) or "parsers"
        action = self._registry_get("action", cls, cls)(option_strings=[], **kwargs)
        self._subparsers._add_action(action)
        return action

    def _add_action(self, action):
        (self._optionals if action.option_strings else self._positionals)._add_action(action)
        return action

    # parsing

    def parse_args(self, args=None, namespace=None):
        args, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error("unrecognized arguments: %s" % " ".join(rest))
        return args

    def parse_intermixed_args(self, args=None, namespace=None):
        args, rest = self.parse_known_intermixed_args(args, namespace)
        if rest:
            self.error("unrecognized arguments: %s" % " ".join(rest))
        return args

    def parse_known_intermixed_args(self, args=None, namespace=None):
        positionals = [a for a in self._actions if not a.option_strings]
        if any(a.nargs in (PARSER, REMAINDER) for a in positionals):
            nargs = next(a.nargs for a in positionals if a.nargs in (PARSER, REMAINDER))
            raise TypeError("parse_intermixed_args: positional arg with nargs=%s" % nargs)
        if any(a in positionals for group in self._mutually_exclusive_groups for a in group._group_actions):
            raise TypeError("parse_intermixed_args: positional in mutuallyExclusiveGroup")
        kept = [(a, a.nargs, a.default) for a in positionals]
        usage = self.usage
        try:
            if self.usage is None:
                self.usage = self.format_usage()[len("usage: "):]
            # Options first: what stands between them is left for the positionals.
            for a in positionals:
                a.nargs = a.default = SUPPRESS
            namespace, rest = self.parse_known_args(args, namespace)
            for a, nargs, default in kept:
                if getattr(namespace, a.dest, None) == []:
                    delattr(namespace, a.dest)
                a.nargs, a.default = nargs, default
            needed = [(x, x.required) for x in [*self._actions, *self._mutually_exclusive_groups] if getattr(x, "option_strings", True)]
            for x, _ in needed:
                x.required = False
            try:
                return self.parse_known_args(rest, namespace)
            finally:
                for x, required in needed:
                    x.required = required
        finally:
            for a, nargs, default in kept:
                a.nargs, a.default = nargs, default
            self.usage = usage

    def parse_known_args(self, args=None, namespace=None):
        args = _sys.argv[1:] if args is None else list(args)
        if namespace is None:
            namespace = Namespace()
        for action in self._actions:
            if action.dest is not SUPPRESS and not hasattr(namespace, action.dest) and action.default is not SUPPRESS:
                setattr(namespace, action.dest, action.default)
        for dest in self._defaults:
            if not hasattr(namespace, dest):
                setattr(namespace, dest, self._defaults[dest])
        if self.exit_on_error:
            try:
                namespace, args = self._parse_known_args(args, namespace)
            except ArgumentError as e:
                self.error(str(e))
        else:
            namespace, args = self._parse_known_args(args, namespace)
        if hasattr(namespace, _UNRECOGNIZED_ARGS_ATTR):
            args.extend(getattr(namespace, _UNRECOGNIZED_ARGS_ATTR))
            delattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
        return namespace, args

    def _parse_known_args(self, strings, namespace):
        if self.fromfile_prefix_chars is not None:
            strings = self._read_args_from_files(strings)
        conflicts = {}
        for group in self._mutually_exclusive_groups:
            for i, action in enumerate(group._group_actions):
                conflicts.setdefault(action, []).extend(group._group_actions[:i] + group._group_actions[i + 1:])
        options = {}
        kinds = []
        plain = False
        for i, s in enumerate(strings):
            if plain:
                kinds.append("A")
            elif s == "--":
                kinds.append("-")
                plain = True
            else:
                found = self._parse_optional(s)
                if found is None:
                    kinds.append("A")
                else:
                    options[i] = found
                    kinds.append("O")
        pattern = "".join(kinds)
        seen, seen_non_default = set(), set()
        extras = []

        def take(action, argument_strings, option_string=None):
            seen.add(action)
            values = self._get_values(action, argument_strings)
            if values is not action.default:
                seen_non_default.add(action)
                for other in conflicts.get(action, []):
                    if other in seen_non_default:
                        raise ArgumentError(action, "not allowed with argument %s" % _get_action_name(other))
            if values is not SUPPRESS:
                action(self, namespace, values, option_string)

        def consume_optional(at):
            action, option, explicit = options[at]
            todo = []
            while True:
                if action is None:
                    extras.append(strings[at])
                    return at + 1
                if explicit is not None:
                    count = self._match_argument(action, "A")
                    chars = self.prefix_chars
                    if count == 0 and option[1] not in chars and explicit != "":
                        todo.append((action, [], option))
                        char = option[0]
                        option = char + explicit[0]
                        explicit = explicit[1:] or None
                        if option in self._option_string_actions:
                            action = self._option_string_actions[option]
                        else:
                            raise ArgumentError(action, "ignored explicit argument %r" % (char and option[1:] + (explicit or "")))
                    elif count == 1:
                        todo.append((action, [explicit], option))
                        stop = at + 1
                        break
                    else:
                        raise ArgumentError(action, "ignored explicit argument %r" % explicit)
                else:
                    start = at + 1
                    count = self._match_argument(action, pattern[start:])
                    stop = start + count
                    todo.append((action, strings[start:stop], option))
                    break
            for action, args, option in todo:
                take(action, args, option)
            return stop

        positionals = [a for a in self._actions if not a.option_strings]

        def consume_positionals(at):
            counts = self._match_arguments_partial(positionals, pattern[at:])
            for action, count in zip(positionals, counts):
                args = strings[at:at + count]
                at += count
                take(action, args)
            positionals[:] = positionals[len(counts):]
            return at

        at = 0
        last = max(options) if options else -1
        while at <= last:
            following = min(i for i in options if i >= at)
            if at != following:
                end = consume_positionals(at)
                if end > at:
                    at = end
                    continue
                at = end
            if at not in options:
                extras.extend(strings[at:following])
                at = following
            at = consume_optional(at)
        extras.extend(strings[consume_positionals(at):])
        missing = []
        for action in self._actions:
            if action in seen:
                continue
            if action.required:
                missing.append(_get_action_name(action))
            elif action.default is not None and isinstance(action.default, str) and hasattr(namespace, action.dest) and action.default is getattr(namespace, action.dest):
                setattr(namespace, action.dest, self._get_value(action, action.default))
        if missing:
            self.error("the following arguments are required: %s" % ", ".join(missing))
        for group in self._mutually_exclusive_groups:
            if group.required and not any(a in seen_non_default for a in group._group_actions):
                names = [_get_action_name(a) for a in group._group_actions if a.help is not SUPPRESS]
                self.error("one of the arguments %s is required" % " ".join(names))
        return namespace, extras

    def _read_args_from_files(self, strings):
        out = []
        for s in strings:
            if not s or s[0] not in self.fromfile_prefix_chars:
                out.append(s)
                continue
            try:
                with open(s[1:]) as f:
                    lines = [a for line in f.read().splitlines() for a in self.convert_arg_line_to_args(line)]
            except OSError as e:
                self.error(str(e))
            out.extend(self._read_args_from_files(lines))
        return out

    def convert_arg_line_to_args(self, arg_line):
        return [arg_line]

    def _match_argument(self, action, pattern):
        m = _re.match(self._get_nargs_pattern(action), pattern)
        if m is None:
            texts = {None: "expected one argument", OPTIONAL: "expected at most one argument", ONE_OR_MORE: "expected at least one argument"}
            message = texts.get(action.nargs)
            if message is None:
                message = "expected %s argument%s" % (action.nargs, "" if action.nargs == 1 else "s")
            raise ArgumentError(action, message)
        return len(m.group(1))

    def _match_arguments_partial(self, actions, pattern):
        for i in range(len(actions), 0, -1):
            m = _re.match("".join(self._get_nargs_pattern(a) for a in actions[:i]), pattern)
            if m is not None:
                return [len(s) for s in m.groups()]
        return []

    def _parse_optional(self, s):
        if not s or s[0] not in self.prefix_chars:
            return None
        if s in self._option_string_actions:
            return self._option_string_actions[s], s, None
        if len(s) == 1:
            return None
        if "=" in s:
            option, explicit = s.split("=", 1)
            if option in self._option_string_actions:
                return self._option_string_actions[option], option, explicit
        found = self._get_option_tuples(s)
        if len(found) > 1:
            self.error("ambiguous option: %s could match %s" % (s, ", ".join(o for _, o, _ in found)))
        if len(found) == 1:
            return found[0]
        if self._negative_number_matcher.match(s) and not self._has_negative_number_optionals:
            return None
        if " " in s:
            return None
        return None, s, None

    def _get_option_tuples(self, s):
        out = []
        chars = self.prefix_chars
        if s[0] in chars and s[1] in chars:
            if self.allow_abbrev:
                prefix, eq, explicit = s.partition("=")
                for o in self._option_string_actions:
                    if o.startswith(prefix):
                        out.append((self._option_string_actions[o], o, explicit if eq else None))
        else:
            short, rest = s[:2], s[2:]
            for o in self._option_string_actions:
                if o == short:
                    out.append((self._option_string_actions[o], o, rest))
                elif o.startswith(s):
                    out.append((self._option_string_actions[o], o, None))
        return out

    def _get_nargs_pattern(self, action):
        n = action.nargs
        if n is None:
            p = "(-*A-*)"
        elif n == OPTIONAL:
            p = "(-*A?-*)"
        elif n == ZERO_OR_MORE:
            p = "(-*[A-]*)"
        elif n == ONE_OR_MORE:
            p = "(-*A[A-]*)"
        elif n == REMAINDER:
            p = "([-AO]*)"
        elif n == PARSER:
            p = "(-*A[-AO]*)"
        elif n == SUPPRESS:
            p = "(-*-*)"
        else:
            p = "(-*%s-*)" % "-*".join("A" * n)
        if action.option_strings:
            p = p.replace("-*", "").replace("-", "")
        return p

    def _get_values(self, action, strings):
        if action.nargs not in (PARSER, REMAINDER):
            strings = list(strings)
            if "--" in strings:
                strings.remove("--")
        if not strings and action.nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            if isinstance(value, str):
                value = self._get_value(action, value)
                self._check_value(action, value)
        elif not strings and action.nargs == ZERO_OR_MORE and not action.option_strings:
            if action.default is not None:
                value = action.default
            else:
                value = strings
            self._check_value(action, value) if action.default is not None else None
        elif len(strings) == 1 and action.nargs in (None, OPTIONAL):
            value = self._get_value(action, strings[0])
            self._check_value(action, value)
        elif action.nargs == REMAINDER:
            value = [self._get_value(action, v) for v in strings]
        elif action.nargs == PARSER:
            value = [self._get_value(action, v) for v in strings]
            self._check_value(action, value[0])
        elif action.nargs == SUPPRESS:
            value = SUPPRESS
        else:
            value = [self._get_value(action, v) for v in strings]
            for v in value:
                self._check_value(action, v)
        return value

    def _get_value(self, action, string):
        func = self._registry_get("type", action.type, action.type)
        if not callable(func):
            raise ArgumentError(action, "%r is not callable" % func)
        try:
            return func(string)
        except ArgumentTypeError as e:
            raise ArgumentError(action, str(e))
        except (TypeError, ValueError):
            name = getattr(action.type, "__name__", repr(action.type))
            raise ArgumentError(action, "invalid %s value: %r" % (name, string))

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            raise ArgumentError(action, "invalid choice: %r (choose from %s)" % (value, ", ".join(map(repr, action.choices))))

    # help

    def format_usage(self):
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        return formatter.format_help()

    def format_help(self):
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        for group in self._action_groups:
            formatter.start_section(group.title)
            formatter.add_text(group.description)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def print_usage(self, file=None):
        self._print_message(self.format_usage(), _sys.stdout if file is None else file)

    def print_help(self, file=None):
        self._print_message(self.format_help(), _sys.stdout if file is None else file)

    def _print_message(self, message, file=None):
        if message:
            (file or _sys.stderr).write(message)

    def exit(self, status=0, message=None):
        if message:
            self._print_message(message, _sys.stderr)
        _sys.exit(status)

    def error(self, message):
        self.print_usage(_sys.stderr)
        self.exit(2, "%(prog)s: error: %(message)s\n" % {"prog": self.prog, "message": message})
`;
