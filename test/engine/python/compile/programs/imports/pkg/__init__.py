print('pkg runs')
from . import a
from .sub import deep
value = a.value + 1
