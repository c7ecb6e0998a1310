// The standard library: each file registers its modules (defineModule), loaded when a program first imports them.
import "./abc.ts";
import "./collections-abc.ts";
import "./collections.ts";
import "./dataclasses.ts";
import "./enum.ts";
import "./functools.ts";
import "./itertools.ts";
import "./math.ts";
import "./operator.ts";
import "./types.ts";
