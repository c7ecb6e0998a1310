import array
def t(s):
    try: print(s, '->', repr(eval(s)))
    except BaseException as e: print(s, '->', type(e).__name__, e)
a = array.array('i',[1,2,3])
for s in ["array.array('i',[1,2,3])","array.array('i')","array.array('x')","array.array('i',[1.5])","array.array('b',[200])","array.array('B',[-1])","array.array('h',[40000])","array.array('I',[2**32])","array.array('q',[2**63])","array.array('i',['a'])","array.array('f',['a'])","array.array('u','abc')","array.array('u','abc').tounicode()","array.array('d',[1,2.5])","array.array('i',b'\\1\\0\\0\\0')","array.array('i',b'\\1')","array.array('i','ab')","array.array()","array.array(1)","array.array('ii')","a[0]","a[-1]","a[5]","a['x']","a[1:]","a[::-1]","a+a","a*2","2*a","a+[1]","a==array.array('i',[1,2,3])","a==array.array('d',[1,2,3])","a<array.array('i',[1,2,4])","a==[1,2,3]","len(a)","a.typecode","a.itemsize","a.tobytes()","a.tolist()","a.index(2)","a.index(9)","a.count(1)","2 in a","list(reversed(a))","a.buffer_info()[1]","a.append('x')","a.append(2**40)","a.extend([4,5])","a","a.extend(array.array('i',[6]))","a.extend(array.array('d',[6]))","a.pop()","a.pop(0)","a","a.insert(1,9)","a","a.remove(9)","a.remove(99)","a.reverse()","a","a.frombytes(b'\\7\\0\\0\\0')","a","a.frombytes(b'\\7')","a.fromlist([1,'a'])","a","a.byteswap()","a","array.array('i').pop()","hash(a)","array.typecodes","a.__copy__()","bytes(array.array('H',[1,2]))","bytearray(array.array('b',[1,2]))","memoryview(array.array('i',[1,2,3]))[1]","memoryview(array.array('i',[1,2,3])).format","memoryview(array.array('i',[1,2,3])).tolist()","memoryview(array.array('i',[1,2,3])).nbytes","memoryview(b'abcd').cast('H').tolist()","memoryview(b'abcd').cast('i')[0]","memoryview(bytearray(8)).cast('q').format","memoryview(b'abc').cast('H')","memoryview(b'abc').cast('x')","memoryview(b'ab')[0]","memoryview(b'ab')[5]","memoryview(b'ab')['a']","memoryview(bytearray(b'ab')).readonly","memoryview(b'abc')==b'abc'","memoryview(b'abc')[::2].tobytes()","memoryview(array.array('d',[1.5])).tolist()","memoryview(array.array('i',[1,2]))==array.array('i',[1,2])","memoryview(array.array('i',[1,2]))==memoryview(b'abc')","memoryview(array.array('h',[1,2,3]))[1:].tobytes()","memoryview(array.array('h',[1,2,3])).strides","memoryview(array.array('h',[1,2,3])).itemsize","memoryview('a')","memoryview(1)","b''.join([array.array('b',[65])])","b'a'+array.array('b',[66])","array.array('b',[1])+b'a'","str(array.array('u'))","isinstance(a,array.array)","type(a)","array.ArrayType is array.array","array.array('i',(x for x in range(3)))","array.array('i',{1:2})","array.array('i',5)","bool(array.array('i'))","array.array('B',bytearray(b'ab'))","array.array('d', array.array('i',[1]))"]:
    t(s)
b = array.array('i', range(6))
b[1:3] = array.array('i',[9,9,9]); print(b)
del b[0]; print(b); del b[::2]; print(b)
b[0] = 7; print(b)
try: b[0:1] = [1]
except TypeError as e: print(e)
try: b[0:1] = array.array('d',[1])
except TypeError as e: print(e)
b += array.array('i',[1]); b *= 2; print(b)
m = memoryview(b); m[0] = -5; print(b[0], m.obj is b)
try: m[0] = 2**40
except ValueError as e: print(e)
try: m[0] = 'a'
except TypeError as e: print(e)
m[1:3] = array.array('i',[1,2]); print(b)
try: m[1:3] = b'ab'
except ValueError as e: print(e)
import copy, pickle
print(copy.copy(b)==b, copy.deepcopy(b), pickle.loads(pickle.dumps(b)))
class S(array.array): pass
s = S('i',[1]); s.x = 1; print(s, s.x, type(s[:]))
import struct, io
buf = array.array('B', bytes(4)); struct.pack_into('<I', buf, 0, 258); print(buf)
print(io.BytesIO(b'abc').readinto(buf), buf)

big = array.array("d")
for i in range(30000):
    big.append(i / 2)
print(len(big), big[-1], sum(big))
