from .a import value
from . import a as again
from .. import nothing
