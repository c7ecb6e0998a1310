def __getattr__(name):
    if name.startswith('d'): return name * 2
    raise AttributeError(f'no {name} here')
def __dir__(): return ['z', 'a']
