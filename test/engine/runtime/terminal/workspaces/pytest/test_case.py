import unittest


class ArithmeticTest(unittest.TestCase):
    def setUp(self):
        self.numbers = [1, 2, 3]

    def test_sum(self):
        self.assertEqual(sum(self.numbers), 6)

    def test_wrong(self):
        self.assertEqual(sum(self.numbers), 7, "the sum")

    def test_error(self):
        self.numbers[9]

    @unittest.skip("not now")
    def test_skipped(self):
        pass


if __name__ == "__main__":
    unittest.main()
