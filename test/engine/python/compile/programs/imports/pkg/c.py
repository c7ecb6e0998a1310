from ..pkg import a
