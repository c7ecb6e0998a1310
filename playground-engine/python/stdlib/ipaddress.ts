// The module ipaddress.
// Behaviour: docs.python.org/3.11/library/ipaddress.html; spelling of reprs and errors as CPython 3.11's.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "ipaddress",
  String.raw`
from functools import total_ordering as _total_ordering

IPV4LENGTH = 32
IPV6LENGTH = 128


class AddressValueError(ValueError):
    pass


class NetmaskValueError(ValueError):
    pass


# ---- notation: what the two versions have of their own


class _V4:
    __slots__ = ()
    version = _version = 4
    max_prefixlen = _max_prefixlen = IPV4LENGTH
    _ALL_ONES = 2 ** IPV4LENGTH - 1

    @classmethod
    def _parse(cls, text):
        if not text:
            raise AddressValueError("Address cannot be empty")
        octets = text.split(".")
        if len(octets) != 4:
            raise AddressValueError("Expected 4 octets in %r" % text)
        try:
            return int.from_bytes(map(cls._octet, octets), "big")
        except ValueError as e:
            raise AddressValueError("%s in %r" % (e, text)) from None

    @staticmethod
    def _octet(text):
        if not text:
            raise ValueError("Empty octet not permitted")
        if not (text.isascii() and text.isdigit()):
            raise ValueError("Only decimal digits permitted in %r" % text)
        if len(text) > 3:
            raise ValueError("At most 3 characters permitted in %r" % text)
        if text != "0" and text[0] == "0":
            raise ValueError("Leading zeros are not permitted in %r" % text)
        number = int(text)
        if number > 255:
            raise ValueError("Octet %d (> 255) not permitted" % number)
        return number

    @staticmethod
    def _write(number):
        return ".".join(map(str, number.to_bytes(4, "big")))

    @classmethod
    def _exploded(cls, number):
        return cls._write(number)

    @classmethod
    def _reverse_pointer(cls, text):
        return ".".join(reversed(text.split("."))) + ".in-addr.arpa"

    @staticmethod
    def _known():
        return _known_networks(IPv4Network)


class _V6:
    __slots__ = ()
    version = _version = 6
    max_prefixlen = _max_prefixlen = IPV6LENGTH
    _ALL_ONES = 2 ** IPV6LENGTH - 1

    @classmethod
    def _parse(cls, text):
        if not text:
            raise AddressValueError("Address cannot be empty")
        parts = text.split(":")
        if len(parts) < 3:
            raise AddressValueError("At least 3 parts expected in %r" % text)
        if "." in parts[-1]:
            try:
                last = IPv4Address(parts.pop())._ip
            except AddressValueError as e:
                raise AddressValueError("%s in %r" % (e, text)) from None
            parts += ["%x" % (last >> 16 & 0xFFFF), "%x" % (last & 0xFFFF)]
        if len(parts) > 9:
            raise AddressValueError("At most 8 colons permitted in %r" % text)
        gaps = [i for i in range(1, len(parts) - 1) if not parts[i]]
        if len(gaps) > 1:
            raise AddressValueError("At most one '::' permitted in %r" % text)
        high, low = (parts[:gaps[0]], parts[gaps[0] + 1:]) if gaps else (parts, [])
        lone = lambda side: AddressValueError("%s ':' only permitted as part of '::' in %r" % (side, text))
        if gaps:
            # "::" at an end leaves an empty part there, which stands for nothing
            if not high[0]:
                if len(high) > 1:
                    raise lone("Leading")
                high = []
            if not low[-1]:
                if len(low) > 1:
                    raise lone("Trailing")
                low = []
            if len(high) + len(low) > 7:
                raise AddressValueError("Expected at most 7 other parts with '::' in %r" % text)
        else:
            if len(parts) != 8:
                raise AddressValueError("Exactly 8 parts expected without '::' in %r" % text)
            if not parts[0]:
                raise lone("Leading")
            if not parts[-1]:
                raise lone("Trailing")
        number = 0
        try:
            for part in high + ["0"] * (8 - len(high) - len(low)) + low:
                number = number << 16 | cls._hextet(part)
        except ValueError as e:
            raise AddressValueError("%s in %r" % (e, text)) from None
        return number

    @staticmethod
    def _hextet(text):
        if not set(text) <= set("0123456789abcdefABCDEF"):
            raise ValueError("Only hex digits permitted in %r" % text)
        if len(text) > 4:
            raise ValueError("At most 4 characters permitted in %r" % text)
        return int(text, 16)

    @staticmethod
    def _write(number):
        parts = ["%x" % (number >> 16 * i & 0xFFFF) for i in range(7, -1, -1)]
        best, at = 0, 0
        run = 0
        for i, part in enumerate(parts):
            run = run + 1 if part == "0" else 0
            if run > best:
                best, at = run, i - run + 1
        if best < 2:
            return ":".join(parts)
        return ":".join(parts[:at]) + "::" + ":".join(parts[at + best:])

    @classmethod
    def _exploded(cls, number):
        digits = "%032x" % number
        return ":".join(digits[i:i + 4] for i in range(0, 32, 4))

    @classmethod
    def _reverse_pointer(cls, text):
        return ".".join(reversed(text.replace(":", ""))) + ".ip6.arpa"

    @staticmethod
    def _known():
        return _known_networks(IPv6Network)


# ---- what all addresses and networks are


class _Base:
    __slots__ = ()

    @property
    def compressed(self):
        return str(self)

    def __reduce__(self):
        return self.__class__, (str(self),)

    def _same_version(self, other):
        if self._version != other._version:
            raise TypeError("%s and %s are not of the same version" % (self, other))

    @classmethod
    def _mask_of(cls, prefixlen):
        return cls._ALL_ONES ^ (cls._ALL_ONES >> prefixlen)

    @classmethod
    def _prefix_of(cls, given):
        """The length of the prefix that a number, or the text of a netmask or hostmask, says."""
        bad = NetmaskValueError("%r is not a valid netmask" % given)
        if isinstance(given, int):
            if not 0 <= given <= cls._max_prefixlen:
                raise NetmaskValueError("%r is not a valid netmask" % given)
            return given
        if given.isascii() and given.isdigit():
            length = int(given)
            if length > cls._max_prefixlen:
                raise bad
            return length
        if cls._version == 6:
            raise bad
        try:
            mask = cls._parse(given)
        except AddressValueError:
            raise bad from None
        for candidate in (mask, mask ^ cls._ALL_ONES):
            inverse = candidate ^ cls._ALL_ONES
            if not inverse & inverse + 1:
                return cls._max_prefixlen - inverse.bit_length()
        raise bad

    @classmethod
    def _number(cls, address):
        """The number that an argument says: itself, its bytes or its text."""
        if isinstance(address, int):
            if address < 0:
                raise AddressValueError("%d (< 0) is not permitted as an IPv%d address" % (address, cls._version))
            if address > cls._ALL_ONES:
                raise AddressValueError("%d (>= 2**%d) is not permitted as an IPv%d address" % (address, cls._max_prefixlen, cls._version))
            return address
        if isinstance(address, bytes):
            size = cls._max_prefixlen // 8
            if len(address) != size:
                raise AddressValueError("%r (len %d != %d) is not permitted as an IPv%d address" % (address, len(address), size, cls._version))
            return int.from_bytes(address, "big")
        address = str(address)
        if "/" in address:
            raise AddressValueError("Unexpected '/' in %r" % address)
        return cls._parse(address)

    @classmethod
    def _parts(cls, address):
        """Address and prefix of the argument of a network or an interface."""
        if isinstance(address, (bytes, int)):
            return address, cls._max_prefixlen
        if not isinstance(address, tuple):
            text = str(address)
            address = text.split("/")
            if len(address) > 2:
                raise AddressValueError("Only one '/' permitted in %r" % text)
        return address[0], address[1] if len(address) > 1 else cls._max_prefixlen


class _Within:
    """Questions that are asked of addresses, and of networks where both their ends answer yes."""
    __slots__ = ()

    def _in(self, networks):
        return any(self._is_within(n) for n in networks)

    @property
    def is_multicast(self):
        return self._in(self._known()["multicast"])

    @property
    def is_reserved(self):
        return self._in(self._known()["reserved"])

    @property
    def is_link_local(self):
        return self._in(self._known()["link_local"])

    @property
    def is_loopback(self):
        return self._in(self._known()["loopback"])

    @property
    def is_private(self):
        return self._in(self._known()["private"])

    @property
    def is_unspecified(self):
        return self._in(self._known()["unspecified"])

    @property
    def is_global(self):
        return not self.is_private and not self._in(self._known()["shared"])

    @property
    def is_site_local(self):
        if self._version == 4:
            raise AttributeError("%r object has no attribute 'is_site_local'" % type(self).__name__)
        return self._in(self._known()["site_local"])


@_total_ordering
class _Address(_Within, _Base):
    __slots__ = ()

    def __int__(self):
        return self._ip

    def __eq__(self, other):
        try:
            return self._ip == other._ip and self._version == other._version
        except AttributeError:
            return NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _Address):
            return NotImplemented
        self._same_version(other)
        return self._ip < other._ip

    def __add__(self, other):
        return self.__class__(int(self) + other) if isinstance(other, int) else NotImplemented

    def __sub__(self, other):
        return self.__class__(int(self) - other) if isinstance(other, int) else NotImplemented

    def __repr__(self):
        return "%s(%r)" % (self.__class__.__name__, str(self))

    def __str__(self):
        return str(self._write(self._ip))

    def __hash__(self):
        return hash(hex(int(self._ip)))

    def __format__(self, spec):
        if not spec or spec[-1] == "s":
            return format(str(self), spec)
        alternate, grouping, kind = spec[:1] == "#", "_" in spec[:-1], spec[-1]
        if spec != "#" * alternate + "_" * grouping + kind or kind not in "xbnX":
            return super().__format__(spec)
        if kind == "n":
            kind = "b" if self._version == 4 else "x"
        width = self._max_prefixlen // (1 if kind == "b" else 4)
        if grouping:
            width += width // 4 - 1
        if alternate:
            width += 2
        return format(int(self), "%s0%d%s%s" % ("#" * alternate, width, "_" * grouping, kind))

    @property
    def packed(self):
        return self._ip.to_bytes(self._max_prefixlen // 8, "big")

    @property
    def exploded(self):
        return self._exploded(self._ip)

    @property
    def reverse_pointer(self):
        return self._reverse_pointer(self._exploded(self._ip))

    def _is_within(self, network):
        return network._first <= self._ip <= network._last

    def _get_address_key(self):
        return self._version, self


class _Interface:
    """An address that knows its network."""
    __slots__ = ()

    def _join(self, address):
        addr, prefix = self._parts(address)
        super().__init__(addr)
        self.network = self._network_class((addr, prefix), strict=False)
        self.netmask = self.network.netmask
        self.hostmask = self.network.hostmask
        self._prefixlen = self.network._prefixlen

    def __str__(self):
        return "%s/%d" % (super().__str__(), self._prefixlen)

    def __eq__(self, other):
        equal = super().__eq__(other)
        if equal is NotImplemented or not equal:
            return equal
        try:
            return self.network == other.network
        except AttributeError:
            return False

    def __lt__(self, other):
        less = super().__lt__(other)
        if less is NotImplemented:
            return NotImplemented
        try:
            return self.network < other.network or self.network == other.network and less
        except AttributeError:
            return False

    def __hash__(self):
        return hash((self._ip, self._prefixlen, int(self.network.network_address)))

    @property
    def ip(self):
        return self._address_class(self._ip)

    @property
    def with_prefixlen(self):
        return "%s/%s" % (self._write(self._ip), self._prefixlen)

    @property
    def with_netmask(self):
        return "%s/%s" % (self._write(self._ip), self.netmask)

    @property
    def with_hostmask(self):
        return "%s/%s" % (self._write(self._ip), self.hostmask)

    @property
    def exploded(self):
        return "%s/%d" % (self._exploded(self._ip), self._prefixlen)


@_total_ordering
class _Network(_Within, _Base):
    def __init__(self, address, strict=True):
        addr, mask = self._parts(address)
        self.network_address = self._address_class(addr)
        self._prefixlen = self._prefix_of(mask)
        self.netmask = self._address_class(self._mask_of(self._prefixlen))
        first = self.network_address._ip
        masked = first & self.netmask._ip
        if masked != first:
            if strict:
                raise ValueError("%s has host bits set" % self)
            self.network_address = self._address_class(masked)

    @property
    def _first(self):
        return self.network_address._ip

    @property
    def _last(self):
        return self._first | self.hostmask._ip

    @property
    def hostmask(self):
        return self._address_class(self._ALL_ONES >> self._prefixlen)

    @property
    def broadcast_address(self):
        return self._address_class(self._last)

    @property
    def prefixlen(self):
        return self._prefixlen

    @property
    def num_addresses(self):
        return self._last - self._first + 1

    def _with(self, mask):
        return "%s/%s" % (self.network_address, mask)

    @property
    def with_prefixlen(self):
        return self._with(self._prefixlen)

    @property
    def with_netmask(self):
        return self._with(self.netmask)

    @property
    def with_hostmask(self):
        return self._with(self.hostmask)

    @property
    def exploded(self):
        return "%s/%d" % (self.network_address.exploded, self._prefixlen)

    @property
    def reverse_pointer(self):
        return self._reverse_pointer(self.exploded)

    def __repr__(self):
        return "%s(%r)" % (self.__class__.__name__, str(self))

    def __str__(self):
        return self.with_prefixlen

    def __iter__(self):
        return (self._address_class(i) for i in range(self._first, self._last + 1))

    def hosts(self):
        first, last = self._first, self._last
        if self._prefixlen == self._max_prefixlen:
            return [self._address_class(first)]
        if self._prefixlen == self._max_prefixlen - 1:
            return list(self)
        return (self._address_class(i) for i in range(first + 1, last + (self._version == 6)))

    def __getitem__(self, n):
        i = (self._first if n >= 0 else self._last + 1) + n
        if not self._first <= i <= self._last:
            raise IndexError("address out of range")
        return self._address_class(i)

    def __lt__(self, other):
        if not isinstance(other, _Network):
            return NotImplemented
        self._same_version(other)
        return (self._first, self.netmask._ip) < (other._first, other.netmask._ip)

    def __eq__(self, other):
        try:
            return self._version == other._version and self.network_address == other.network_address and int(self.netmask) == int(other.netmask)
        except AttributeError:
            return NotImplemented

    def __hash__(self):
        return hash(int(self.network_address) ^ int(self.netmask))

    def __contains__(self, other):
        if self._version != other._version or isinstance(other, _Network):
            return False
        return other._is_within(self)

    def overlaps(self, other):
        return self._first <= other._last and other._first <= self._last and self._version == other._version

    def _is_within(self, network):
        return network._first <= self._first and self._last <= network._last

    def address_exclude(self, other):
        self._same_version(other)
        if not isinstance(other, _Network):
            raise TypeError("%s is not a network object" % other)
        if not other.subnet_of(self):
            raise ValueError("%s not contained in %s" % (other, self))
        if other == self:
            return
        halves = self.subnets()
        while True:
            low, high = halves
            inside, outside = (low, high) if other.subnet_of(low) else (high, low)
            yield outside
            if inside == other:
                return
            halves = inside.subnets()

    def compare_networks(self, other):
        if self._version != other._version:
            raise TypeError("%s and %s are not of the same type" % (self, other))
        mine, theirs = (self.network_address, self.netmask), (other.network_address, other.netmask)
        return (mine > theirs) - (mine < theirs)

    def _get_networks_key(self):
        return self._version, self.network_address, self.netmask

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        if self._prefixlen == self._max_prefixlen:
            yield self
            return
        if new_prefix is not None:
            if new_prefix < self._prefixlen:
                raise ValueError("new prefix must be longer")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = new_prefix - self._prefixlen
        if prefixlen_diff < 0:
            raise ValueError("prefix length diff must be > 0")
        longer = self._prefixlen + prefixlen_diff
        if longer > self._max_prefixlen:
            raise ValueError("prefix length diff %d is invalid for netblock %s" % (longer, self))
        for first in range(self._first, self._last + 1, (int(self.hostmask) + 1) >> prefixlen_diff):
            yield self.__class__((first, longer))

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        if self._prefixlen == 0:
            return self
        if new_prefix is not None:
            if new_prefix > self._prefixlen:
                raise ValueError("new prefix must be shorter")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = self._prefixlen - new_prefix
        shorter = self._prefixlen - prefixlen_diff
        if shorter < 0:
            raise ValueError("current prefixlen is %d, cannot have a prefixlen_diff of %d" % (self._prefixlen, prefixlen_diff))
        return self.__class__((self._first & self._mask_of(shorter), shorter))

    @staticmethod
    def _is_subnet_of(a, b):
        try:
            if a._version != b._version:
                raise TypeError(f"{a} and {b} are not of the same version")
            return b._first <= a._first and b._last >= a._last
        except AttributeError:
            raise TypeError(f"Unable to test subnet containment between {a} and {b}")

    def subnet_of(self, other):
        return self._is_subnet_of(self, other)

    def supernet_of(self, other):
        return self._is_subnet_of(other, self)


# ---- the classes


class IPv4Address(_V4, _Address):
    __slots__ = ("_ip", "__weakref__")

    def __init__(self, address):
        self._ip = self._number(address)


class IPv4Interface(_Interface, IPv4Address):
    def __init__(self, address):
        self._join(address)


class IPv4Network(_V4, _Network):
    _address_class = IPv4Address


class IPv6Address(_V6, _Address):
    __slots__ = ("_ip", "_scope_id", "__weakref__")

    def __init__(self, address):
        self._scope_id = None
        if not isinstance(address, (int, bytes)):
            text = str(address)
            address, percent, scope = text.partition("%")
            if percent:
                if not scope or "%" in scope:
                    raise AddressValueError('Invalid IPv6 address: "%r"' % text)
                self._scope_id = scope
            if "/" in text:
                raise AddressValueError("Unexpected '/' in %r" % text)
        self._ip = self._number(address)

    @property
    def scope_id(self):
        return self._scope_id

    def __str__(self):
        text = super().__str__()
        return "%s%%%s" % (text, self._scope_id) if self._scope_id else text

    def __hash__(self):
        return hash((self._ip, self._scope_id))

    def __eq__(self, other):
        equal = super().__eq__(other)
        if equal is NotImplemented or not equal:
            return equal
        return self._scope_id == getattr(other, "_scope_id", None)

    @property
    def ipv4_mapped(self):
        return IPv4Address(self._ip & 0xFFFFFFFF) if self._ip >> 32 == 0xFFFF else None

    @property
    def teredo(self):
        if self._ip >> 96 != 0x20010000:
            return None
        return IPv4Address(self._ip >> 64 & 0xFFFFFFFF), IPv4Address(~self._ip & 0xFFFFFFFF)

    @property
    def sixtofour(self):
        return IPv4Address(self._ip >> 80 & 0xFFFFFFFF) if self._ip >> 112 == 0x2002 else None

    @property
    def is_private(self):
        mapped = self.ipv4_mapped
        return mapped.is_private if mapped is not None else super().is_private


class IPv6Interface(_Interface, IPv6Address):
    def __init__(self, address):
        self._join(address)

    @property
    def is_unspecified(self):
        return self._ip == 0 and self.network.is_unspecified

    @property
    def is_loopback(self):
        return super().is_loopback and self.network.is_loopback


class IPv6Network(_V6, _Network):
    _address_class = IPv6Address


IPv4Interface._address_class, IPv4Interface._network_class = IPv4Address, IPv4Network
IPv6Interface._address_class, IPv6Interface._network_class = IPv6Address, IPv6Network

_tables = {
    4: {
        "multicast": "224.0.0.0/4",
        "reserved": "240.0.0.0/4",
        "link_local": "169.254.0.0/16",
        "loopback": "127.0.0.0/8",
        "unspecified": "0.0.0.0/32",
        "shared": "100.64.0.0/10",
        "private": "0.0.0.0/8 10.0.0.0/8 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/29 192.0.0.170/31 192.0.2.0/24 192.168.0.0/16 "
                   "198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 255.255.255.255/32",
    },
    6: {
        "multicast": "ff00::/8",
        "reserved": "::/8 100::/8 200::/7 400::/6 800::/5 1000::/4 4000::/3 6000::/3 8000::/3 a000::/3 c000::/3 e000::/4 f000::/5 f800::/6 fe00::/9",
        "link_local": "fe80::/10",
        "loopback": "::1/128",
        "unspecified": "::/128",
        "site_local": "fec0::/10",
        "shared": "",
        "private": "::1/128 ::/128 ::ffff:0:0/96 100::/64 2001::/23 2001:2::/48 2001:db8::/32 2001:10::/28 fc00::/7 fe80::/10",
    },
}


def _known_networks(network):
    """Networks by what they are for, made when they are first asked for."""
    table = _tables[network._version]
    if isinstance(table["multicast"], str):
        table = _tables[network._version] = {k: [network(n) for n in v.split()] for k, v in table.items()}
    return table


def _either(address, kinds, what, *more):
    for kind in kinds:
        try:
            return kind(address, *more)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError(f"{address!r} does not appear to be an IPv4 or IPv6 {what}")


def ip_address(address):
    return _either(address, (IPv4Address, IPv6Address), "address")


def ip_network(address, strict=True):
    return _either(address, (IPv4Network, IPv6Network), "network", strict)


def ip_interface(address):
    return _either(address, (IPv4Interface, IPv6Interface), "interface")


def _packed(address, size, version):
    try:
        return address.to_bytes(size, "big")
    except OverflowError:
        raise ValueError("Address negative or too large for IPv%d" % version)


def v4_int_to_packed(address):
    return _packed(address, 4, 4)


def v6_int_to_packed(address):
    return _packed(address, 16, 6)


def summarize_address_range(first, last):
    if not (isinstance(first, _Address) and isinstance(last, _Address)):
        raise TypeError("first and last must be IP addresses, not networks")
    first._same_version(last)
    if first > last:
        raise ValueError("last IP address must be greater than first")
    network = IPv4Network if first._version == 4 else IPv6Network
    at, end = first._ip, last._ip
    while at <= end:
        aligned = (at & -at).bit_length() - 1 if at else first._max_prefixlen
        bits = min(aligned, (end - at + 1).bit_length() - 1)
        yield network((at, first._max_prefixlen - bits))
        at += 1 << bits


def collapse_addresses(addresses):
    alone, networks = [], []
    for item in addresses:
        like = alone if isinstance(item, _Address) else networks
        if like:
            item._same_version(like[-1])
        like.append(item)
    if alone and networks:
        alone[0]._same_version(networks[0])
    ranges = [(a._ip, a._ip) for a in alone] + [(n._first, n._last) for n in networks]
    if not ranges:
        return iter(())
    kind = IPv4Address if (alone or networks)[0]._version == 4 else IPv6Address
    merged = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return (n for first, last in merged for n in summarize_address_range(kind(first), kind(last)))


def get_mixed_type_key(obj):
    if isinstance(obj, _Network):
        return obj._get_networks_key()
    if isinstance(obj, _Address):
        return obj._get_address_key()
    return NotImplemented
`,
);
