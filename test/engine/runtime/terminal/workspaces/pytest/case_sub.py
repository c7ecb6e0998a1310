import unittest


class SubTest(unittest.TestCase):
    numbers = [1, 2, 3]

    def test_sub(self):
        for n in self.numbers:
            with self.subTest(n=n):
                self.assertLess(n, 3)
