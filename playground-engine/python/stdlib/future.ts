// The module __future__: what each name a program may switch on is. What it does is the compiler's affair (syntax/check/future.ts).
// Behaviour: docs.python.org/3.11/library/__future__.html.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "__future__",
  String.raw`
class _Feature:
    def __init__(self, optionalRelease, mandatoryRelease, compiler_flag):
        self.optional = optionalRelease
        self.mandatory = mandatoryRelease
        self.compiler_flag = compiler_flag

    def getOptionalRelease(self):
        return self.optional

    def getMandatoryRelease(self):
        return self.mandatory

    def __repr__(self):
        return "_Feature" + repr((self.optional, self.mandatory, self.compiler_flag))


_final = lambda major, minor: (major, minor, 0, "final", 0)
_past = {
    "nested_scopes": ((2, 1, 0, "beta", 1), (2, 2, 0, "alpha", 0), 16),
    "generators": ((2, 2, 0, "alpha", 1), _final(2, 3), 0),
    "division": ((2, 2, 0, "alpha", 2), (3, 0, 0, "alpha", 0), 131072),
    "absolute_import": ((2, 5, 0, "alpha", 1), (3, 0, 0, "alpha", 0), 262144),
    "with_statement": ((2, 5, 0, "alpha", 1), (2, 6, 0, "alpha", 0), 524288),
    "print_function": ((2, 6, 0, "alpha", 2), (3, 0, 0, "alpha", 0), 1048576),
    "unicode_literals": ((2, 6, 0, "alpha", 2), (3, 0, 0, "alpha", 0), 2097152),
    "barry_as_FLUFL": ((3, 1, 0, "alpha", 2), (4, 0, 0, "alpha", 0), 4194304),
    "generator_stop": ((3, 5, 0, "beta", 1), (3, 7, 0, "alpha", 0), 8388608),
    "annotations": ((3, 7, 0, "beta", 1), None, 16777216),
}
all_feature_names = list(_past)
for _name in all_feature_names:
    globals()[_name] = _Feature(*_past[_name])
__all__ = ["all_feature_names"] + all_feature_names
`,
);
