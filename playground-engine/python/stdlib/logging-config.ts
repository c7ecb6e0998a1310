// The module logging.config: loggers, handlers and formatters from a dictionary, or from an .ini file such as alembic.ini.
// Behaviour: docs.python.org/3.11/library/logging.config.html.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "logging.config",
  String.raw`
import sys
import logging
import logging.handlers


def _resolve(name):
    parts = name.split(".")
    used = parts.pop(0)
    found = __import__(used)
    for part in parts:
        used += "." + part
        try:
            found = getattr(found, part)
        except AttributeError:
            __import__(used)
            found = getattr(found, part)
    return found


def _forget_handlers():
    logging._handlers.clear()
    logging.shutdown(logging._handlerList[:])
    del logging._handlerList[:]


def _split(text):
    return [x.strip() for x in text.split(",") if x.strip()]


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    import configparser
    if isinstance(fname, str):
        import os
        if not os.path.exists(fname):
            raise FileNotFoundError(f"{fname} doesn't exist")
        elif not os.path.getsize(fname):
            raise RuntimeError(f"{fname} is an empty file")
    if isinstance(fname, configparser.RawConfigParser):
        cp = fname
    else:
        try:
            cp = configparser.ConfigParser(defaults)
            if hasattr(fname, "readline"):
                cp.read_file(fname)
            else:
                cp.read(fname, encoding=encoding)
        except configparser.ParsingError as e:
            raise RuntimeError(f"{fname} is invalid: {e}")
    formatters = {}
    for name in _split(cp["formatters"]["keys"]):
        section = "formatter_" + name
        get = lambda key: cp.get(section, key, raw=True, fallback=None)
        cls = cp[section].get("class")
        maker = _resolve(cls) if cls else logging.Formatter
        formatters[name] = maker(get("format"), get("datefmt"), cp.get(section, "style", raw=True, fallback="%"))
    _forget_handlers()
    handlers = {}
    targets = {}
    for name in _split(cp["handlers"]["keys"]):
        section = cp["handler_" + name]
        cls = section["class"]
        try:
            maker = eval(cls, vars(logging))
        except (AttributeError, NameError):
            maker = _resolve(cls)
        args = eval(section.get("args", "()"), vars(logging))
        kwargs = eval(section.get("kwargs", "{}"), vars(logging))
        h = maker(*args, **kwargs)
        h.name = name
        if "level" in section:
            h.setLevel(section["level"])
        if section.get("formatter", ""):
            h.setFormatter(formatters[section["formatter"]])
        if issubclass(maker, logging.handlers.MemoryHandler) and section.get("target", ""):
            targets[h] = section["target"]
        handlers[name] = h
    for h, target in targets.items():
        h.setTarget(handlers[target])

    names = _split(cp["loggers"]["keys"])
    section = cp["logger_root"]
    root = logging.root
    if "level" in section:
        root.setLevel(section["level"])
    for h in root.handlers[:]:
        root.removeHandler(h)
    for name in _split(section["handlers"]):
        root.addHandler(handlers[name])
    before = sorted(root.manager.loggerDict)
    children = []
    for name in names:
        if name == "root":
            continue
        section = cp["logger_" + name]
        qualname = section["qualname"]
        logger = logging.getLogger(qualname)
        if qualname in before:
            children += [n for n in before if n.startswith(qualname + ".")]
            before.remove(qualname)
        if "level" in section:
            logger.setLevel(section["level"])
        for h in logger.handlers[:]:
            logger.removeHandler(h)
        logger.propagate = section.getint("propagate", fallback=1)
        logger.disabled = 0
        for h in _split(section["handlers"]):
            logger.addHandler(handlers[h])
    _retire(before, children, disable_existing_loggers)


def _retire(names, children, disable):
    for name in names:
        logger = logging.root.manager.loggerDict[name]
        if isinstance(logger, logging.PlaceHolder):
            continue
        if name in children:
            logger.setLevel(logging.NOTSET)
            logger.handlers = []
            logger.propagate = True
        else:
            logger.disabled = disable


class BaseConfigurator:
    def __init__(self, config):
        self.config = config

    def resolve(self, s):
        try:
            return _resolve(s)
        except ImportError as e:
            raise ValueError("Cannot resolve %r: %s" % (s, e)) from e

    def convert(self, value):
        if isinstance(value, str):
            kind, colon, rest = value.partition("://")
            if colon and kind == "ext":
                return self.resolve(rest)
            if colon and kind == "cfg":
                found = self.config
                for part in rest.replace("[", ".").replace("]", "").split("."):
                    found = found[int(part) if isinstance(found, (list, tuple)) else part]
                return self.convert(found)
            return value
        if isinstance(value, dict):
            return {k: self.convert(v) for k, v in value.items()}
        if isinstance(value, list) or isinstance(value, tuple) and not hasattr(value, "_fields"):
            return type(value)(self.convert(v) for v in value)
        return value

    def value(self, spec, key, default=None):
        """What stands at a key, which may say where else it stands."""
        found = spec.get(key, default)
        return self.convert(found) if isinstance(found, str) else found

    def arguments(self, spec):
        for k in spec:
            if not (isinstance(k, str) and k.isidentifier()):
                raise ValueError("Not a valid Python identifier: %r" % k)
        return {k: self.convert(v) for k, v in spec.items()}

    def custom(self, config):
        config = dict(config)
        maker = config.pop("()")
        if not callable(maker):
            maker = self.resolve(maker)
        props = config.pop(".", None)
        made = maker(**self.arguments(config))
        for name, value in (props or {}).items():
            setattr(made, name, value)
        return made


class DictConfigurator(BaseConfigurator):
    def configure(self):
        config = self.config
        if "version" not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config["version"] != 1:
            raise ValueError("Unsupported version: %s" % config["version"])
        if config.pop("incremental", False) if isinstance(config, dict) else False:
            return self._incremental(config)
        disable = config.get("disable_existing_loggers", True)
        _forget_handlers()
        self.formatters = self._each("formatters", "formatter", self.configure_formatter)
        self.filters = self._each("filters", "filter", self.configure_filter)
        self.handlers = {}
        specs = dict(self.value(config, "handlers", {}))
        waiting = []
        for name in sorted(specs):
            try:
                self._make_handler(name, specs[name])
            except Exception as e:
                if "target not configured yet" in str(e.__cause__):
                    waiting.append(name)
                else:
                    raise ValueError("Unable to configure handler %r" % name) from e
        for name in waiting:
            try:
                self._make_handler(name, specs[name])
            except Exception as e:
                raise ValueError("Unable to configure handler %r" % name) from e
        before = sorted(logging.root.manager.loggerDict)
        children = []
        for name, spec in self.value(config, "loggers", {}).items():
            if name in before:
                children += [n for n in before if n.startswith(name + ".")]
                before.remove(name)
            try:
                logger = logging.getLogger(name)
                self._common(logger, spec)
                logger.disabled = False
                if spec.get("propagate", None) is not None:
                    logger.propagate = spec["propagate"]
            except Exception as e:
                raise ValueError("Unable to configure logger %r" % name) from e
        _retire(before, children, disable)
        if config.get("root"):
            try:
                self._common(logging.getLogger(), self.value(config, "root"))
            except Exception as e:
                raise ValueError("Unable to configure root logger") from e

    def _incremental(self, config):
        for name, spec in config.get("handlers", {}).items():
            if name not in logging._handlers:
                raise ValueError("No handler found with name %r" % name)
            if spec.get("level"):
                logging._handlers[name].setLevel(logging._checkLevel(spec["level"]))
        for name, spec in config.get("loggers", {}).items():
            self._common(logging.getLogger(name), spec, True)
        if config.get("root"):
            self._common(logging.getLogger(), config["root"], True)

    def _each(self, key, kind, make):
        made = {}
        for name, spec in self.value(self.config, key, {}).items():
            try:
                made[name] = make(self.convert(spec) if isinstance(spec, str) else spec)
            except Exception as e:
                raise ValueError("Unable to configure %s %r" % (kind, name)) from e
        return made

    def configure_formatter(self, spec):
        if "()" in spec:
            try:
                return self.custom(spec)
            except TypeError as e:
                # what logging.Formatter calls fmt is "format" in a configuration
                if "'format'" not in str(e):
                    raise
                return self.custom({"fmt" if k == "format" else k: v for k, v in spec.items()})
        cls = self.resolve(spec["class"]) if spec.get("class") else logging.Formatter
        more = {"validate": spec["validate"]} if "validate" in spec else {}
        if "defaults" in spec:
            more["defaults"] = spec["defaults"]
        return cls(spec.get("format"), spec.get("datefmt"), spec.get("style", "%"), **more)

    def configure_filter(self, spec):
        return self.custom(spec) if "()" in spec else logging.Filter(spec.get("name", ""))

    def _make_handler(self, name, spec):
        h = self.configure_handler(spec)
        h.name = name
        self.handlers[name] = h

    def configure_handler(self, spec):
        spec = dict(self.convert(spec) if isinstance(spec, str) else spec)
        formatter = self.value(spec, "formatter")
        level, filters = self.value(spec, "level"), self.value(spec, "filters")
        for key in ("formatter", "level", "filters"):
            spec.pop(key, None)
        if formatter:
            try:
                formatter = self.formatters[formatter]
            except Exception as e:
                raise ValueError("Unable to set formatter %r" % formatter) from e
        if "()" in spec:
            h = self.custom(spec)
        else:
            cls = spec.pop("class")
            cls = self.resolve(cls) if isinstance(cls, str) else cls
            if issubclass(cls, logging.handlers.MemoryHandler) and "target" in spec:
                target = spec["target"]
                if target not in self.handlers:
                    raise ValueError("Unable to set target handler %r" % target) from TypeError("target not configured yet")
                spec["target"] = self.handlers[target]
            props = spec.pop(".", None)
            h = cls(**self.arguments(spec))
            for key, value in (props or {}).items():
                setattr(h, key, value)
        if formatter:
            h.setFormatter(formatter)
        if level is not None:
            h.setLevel(logging._checkLevel(level))
        self._add_filters(h, filters)
        return h

    def _add_filters(self, target, filters):
        for f in filters or ():
            try:
                target.addFilter(f if callable(f) or callable(getattr(f, "filter", None)) else self.filters[f])
            except Exception as e:
                raise ValueError("Unable to add filter %r" % f) from e

    def _common(self, logger, spec, incremental=False):
        spec = self.convert(spec) if isinstance(spec, str) else spec
        level = self.value(spec, "level")
        if level is not None:
            logger.setLevel(logging._checkLevel(level))
        if incremental:
            return
        for h in logger.handlers[:]:
            logger.removeHandler(h)
        for h in self.value(spec, "handlers") or ():
            try:
                logger.addHandler(self.handlers[h])
            except Exception as e:
                raise ValueError("Unable to add handler %r" % h) from e
        self._add_filters(logger, spec.get("filters"))


dictConfigClass = DictConfigurator


def dictConfig(config):
    dictConfigClass(config).configure()
`,
);
