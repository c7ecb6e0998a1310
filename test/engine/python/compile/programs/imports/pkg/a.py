value = 41
__all__ = ['value']
other = 2
