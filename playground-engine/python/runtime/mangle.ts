/** Private names: `__x` inside class C is `_C__x` (docs.python.org/3.11/reference/expressions.html#private-name-mangling). */
export function mangle(cls: string, name: string): string {
  if (!name.startsWith("__") || name.endsWith("__") || name.includes(".")) return name;
  const stripped = cls.replace(/^_+/, "");
  return stripped === "" ? name : `_${stripped}${name}`;
}
