# f-strings as Python 3.11 reads them.
f"", f"plain", f"{{}}", f"{{{x}}}", f"{x}", F'{x}', rf"\{x}\n", fr'{x}\{{'
f"{x!r}", f"{x!s:>10}", f"{x!a:}", f"{x:{width}.{precision}}", f"{x:{'>'}{10}}", f"{x:%Y-%m-%d}"
f"{x=}", f"{x = }", f"{ x = !s}", f"{x=:>10}", f"{x==y}", f"{x!=y}", f"{x<=y}", f"{x >= y}", f"{x + 1=}"
f"{ x }", f"{(x)}", f"{x,}", f"{x, y}", f"{*x, y}", f"{(lambda: 1)}", f"{(y := 1)}", f"{x:=5}", f"{yield_}"
f"{x['key']}", f'{x["key"]}', f"{d[a:b]}", f"{ {1: 2}[1] }", f"{'a' 'b'}", f"{f'{x}'}", f"{f'{x!r:>{w}}'}"
f"a{b}c{d}e" "plain" f"{g}" 'h'
"plain" f"{x}" " and " f"y{y}"
u"u" f"{x}" "v"
f'''{
x
}'''
f'''line
{x} and {
    y + z
} tail {w
}'''
value = f"""{a} {
b.c(d)[e]} {f'{g}'}
{h:{i}}"""
f"é{x}é{é}", f"\N{BULLET}{x}", f"\x41{x}\u00e9", f"{x:\x41}", f"{x!r:{y}\n}"
print(f"{a}"
      f"{b:{c}}"
      f"}}")
f"{x}" if y else f"{z}"
f"{await_}{x:{y}{z}}{u!r:{v}w{x}}"
