"""doctest: what passes, what fails, and how it is told."""
import doctest
def f(x):
    """Doubles.

    >>> f(2)
    4
    >>> f(3)
    7
    >>> for i in range(2):
    ...     print(i)
    ...
    0
    1
    >>> f("a")  # doctest: +ELLIPSIS
    'a...'
    >>> 1/0
    Traceback (most recent call last):
      ...
    ZeroDivisionError: division by zero
    >>> print("a\\n\\nb")
    a
    <BLANKLINE>
    b
    >>> [1,   2]  # doctest: +NORMALIZE_WHITESPACE
    [1,
     2]
    >>> int("x")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ValueError: other
    """
    return x*2
class C:
    def m(self):
        """
        >>> C().m()
        5
        """
        return 5
r = doctest.testmod(); print(r)
r = doctest.testmod(verbose=True, m=None); print(r.failed)
