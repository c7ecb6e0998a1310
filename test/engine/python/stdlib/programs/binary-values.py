"""struct, base64, binascii and uuid."""
import struct, base64, binascii, uuid, io
print(struct.pack("<IhB4sd?",1,-2,255,b"ab",1.5,True), struct.unpack(">Hl",b"\0\1\xff\xff\xff\xfe"), struct.calcsize("bI"), struct.calcsize("=bI"), struct.pack("@bq",1,2), struct.Struct("2h").unpack(b"\1\0\2\0"), struct.pack("<e",1.5), struct.unpack("<f",b"\0\0\x80?"), struct.pack("5p",b"abcdefg"))
for e in ["struct.pack('B',256)","struct.pack('h',40000)","struct.pack('i',2**40)","struct.pack('I','x')","struct.unpack('I',b'')","struct.pack('II',1)","struct.pack('z')","struct.pack('q',2**70)","struct.pack('c',b'ab')","struct.pack('s','x')","struct.pack('d','x')","struct.unpack_from('I',b'abc')","base64.b64decode('abc')","base64.b64decode('a')","binascii.unhexlify('abc')","binascii.unhexlify('zz')","base64.b64decode('a!bc',validate=True)","uuid.UUID('x')","uuid.UUID()","uuid.UUID(int=-1)","base64.b64encode('x')"]:
    try: print(e, eval(e))
    except Exception as x: print(e, type(x).__name__, x)
for n in range(8):
    d=bytes(range(250,250-n,-1)); print(base64.b64encode(d),base64.b32encode(d),base64.b16encode(d),base64.b85encode(d),base64.a85encode(d), base64.b32decode(base64.b32encode(d))==base64.b85decode(base64.b85encode(d))==base64.a85decode(base64.a85encode(d))==base64.b64decode(base64.b64encode(d))==d)
print(base64.urlsafe_b64encode(b"\xff\xfe\xfd"), base64.encodebytes(b"x"*60), binascii.hexlify(b"abc",":"), binascii.crc32(b"hello"))
u=uuid.UUID("12345678-1234-5678-1234-567812345678"); print(u, repr(u), u.hex, u.int, u.bytes, u.version, u.variant, u.fields, u.urn, hash(u)==hash(u.int), u==uuid.UUID(u.hex), uuid.uuid5(uuid.NAMESPACE_DNS,"a"), uuid.uuid3(uuid.NAMESPACE_URL,"b"), uuid.uuid4().version, u<uuid.uuid5(u,"q"))
