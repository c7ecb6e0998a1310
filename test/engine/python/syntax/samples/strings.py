"""Strings: quotes, prefixes, escapes, joining."""
'single' "double" '''tri
ple''' """it's "quoted\""""
"a" 'b' """c"""
u"old" 'x', 'x' u"late", U"upper"
r"\n\x" R'\''
rb"\x00" Rb'\\' bR"q" Br'q' b'\x00\xff\101\n' B"two" b" bytes"
"\a\b\f\n\r\t\v\\\'\"\0\12\777\x41\u00e9\U0001F40D\N{BULLET}\N{GREEK SMALL LETTER ALPHA}"
"unknown \d \8 escape"
"continued \
line"
("in" # with a comment between
 "parentheses")
""
''''''
"\ud800"
"é€🐍"; b"ascii"[0]
x = ("é"
     "€"), é
