# Names and text beyond ASCII: columns count bytes, names are normalised.
é = naïve = 变量 = _ñ = ª = 1
ﬁ = "ﬁ" + é.naïve(变量=é)
𝐱 = 𝒻(𝕒) # mathematical letters are letters
x·y = 1
"é" + é, "🐍" + 变量; é
def 関数(引数, *, キー="値"): return 引数
class Größe: ß: "ſ" = 'ſ'
"""é
é""" + é + 'é'; é = (é,
  'é', é)
lambda é: é
from é import ñ as ü
import é.ü as ö
f(é=1, **ü)
global_é, = é
