# -*- coding: latin-1 -*-
x = "éÿ", b"\xe9", é
