// The standard library: each file registers its modules (defineModule), loaded when a program first imports them.
import "./abc.ts";
import "./collections-abc.ts";
import "./collections.ts";
import "./contextlib.ts";
import "./dataclasses.ts";
import "./enum.ts";
import "./errno.ts";
import "./functools.ts";
import "./io.ts";
import "./itertools.ts";
import "./linecache.ts";
import "./math.ts";
import "./operator.ts";
import "./time.ts";
import "./types.ts";
import "./typing.ts";
import "./warnings.ts";
