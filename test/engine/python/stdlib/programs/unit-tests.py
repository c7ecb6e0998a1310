"""unittest: messages of failed assertions, a run with everything that can happen to a test; difflib."""
import unittest, difflib, io, sys
print(list(difflib.ndiff("one\ntwo\nthree\n".splitlines(1),"ore\ntree\nemu\n".splitlines(1)))); print(*difflib.unified_diff("abcdefghij","abxdefghiz","a","b",lineterm="")); print(difflib.get_close_matches("appel",["ape","apple","peach","puppy"]), difflib.SequenceMatcher(None,"abcd","bcde").ratio(), difflib.SequenceMatcher(None,"qabxcd","abycdf").get_opcodes()); print(*difflib.context_diff("abc","abd",lineterm=""))
class T(unittest.TestCase):
    @classmethod
    def setUpClass(cls): print("suc")
    def setUp(self): self.addCleanup(print,"clean")
    def tearDown(self): print("td")
    def test_ok(self): self.assertEqual(1,1)
    def test_bad(self): self.assertEqual([1,2],[1,3])
    def test_err(self): 1/0
    @unittest.skip("why")
    def test_skip(self): pass
    @unittest.expectedFailure
    def test_xf(self): self.fail("x")
    def test_sub(self):
        for i in range(3):
            with self.subTest(i=i): self.assertNotEqual(i,1)
    def test_raises(self):
        with self.assertRaises(ValueError) as c: int("x")
        print(c.exception)
        with self.assertRaisesRegex(ValueError,"inval"): int("x")
        with self.assertLogs("a","INFO") as l:
            import logging; logging.getLogger("a").info("hi")
        print(l.output)
        with self.assertWarns(UserWarning):
            import warnings; warnings.warn("q")
t=T()
for e in ["t.assertEqual(1,2)","t.assertEqual('a\\nb','a\\nc')","t.assertEqual({'a':1},{'a':2})","t.assertEqual((1,),(1,2))","t.assertEqual({1},{2})","t.assertTrue(0,'msg')","t.assertIn(1,[2])","t.assertIsNone(3)","t.assertAlmostEqual(1,1.1)","t.assertRaises(ValueError,int,'3')","t.assertIsInstance(1,str)","t.assertGreater(1,2)","t.assertCountEqual([1,1],[1,2])","t.assertRegex('a','b')","t.assertIs(1,2)","t.assertListEqual([1],(1,))","t.assertNotIn(1,[1])","t.assertAlmostEqual(1,2,delta=.5)","t.assertEqual('x'*100,'x'*99+'y')","t.assertEqual([1]*50,[1]*49+[2])","t.fail()","t.assertDictEqual({},[])","t.assertEqual(['a'],['a','b'])"]:
    try: eval(e)
    except AssertionError as x: print(e, "->", x)
s=io.StringIO(); r=unittest.TextTestRunner(stream=s,verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(T)); import re; print(re.sub(r"in [\d.]+s","in Xs",s.getvalue())); print(r, r.wasSuccessful())
class A(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self): self.x=1
    async def test_a(self): self.assertEqual(self.x,1); print("async")
    async def asyncTearDown(self): print("atd")
unittest.TextTestRunner(stream=io.StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(A))
