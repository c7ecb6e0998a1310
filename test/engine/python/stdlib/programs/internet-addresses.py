"""ipaddress: addresses, networks, interfaces, and what is none."""
import copy, ipaddress, pickle
from ipaddress import *
from show import show

show(globals(), """
ip_address("192.168.0.1"), ip_address("2001:db8::1"), ip_address(3232235521), ip_address(b"\\x7f\\0\\0\\1"), ip_address(2**40)
[str(ip_address(a)) for a in ("::", "::1", "1::", "1:0:0:2::", "2001:DB8:0:0:1:0:0:1", "::ffff:1.2.3.4", "fe80::1%eth0")]
ip_address("fe80::1%eth0").scope_id, ip_address("::ffff:1.2.3.4").ipv4_mapped, ip_address("2002:102:304::").sixtofour
ip_address("2001:db8::1").exploded, ip_address("2001:db8::1").reverse_pointer, ip_address("10.1.2.3").reverse_pointer
f"{ip_address('1.2.3.4'):b} {ip_address('1.2.3.4'):#_x} {ip_address('1.2.3.4'):n} {ip_address('::1'):X} {ip_address('1.2.3.4'):>10s}|"
f"{ip_address('1.2.3.4'):d}"
ip_address("10.0.0.1") + 5, ip_address("10.0.0.1") - 1, ip_address("0.0.0.0") - 1
ip_address("10.0.0.1") + "a"
ip_address("10.0.0.1") < ip_address("10.0.0.2"), ip_address("10.0.0.1") == "10.0.0.1", ip_address("10.0.0.1") in {IPv4Address("10.0.0.1")}
ip_address("10.0.0.1") < ip_address("::1")
ip_address("10.0.0.1") < 5
int(ip_address("1.0.0.1")), ip_address("1.0.0.1").packed, ip_address("1.0.0.1").version, ip_address("::").max_prefixlen
[(a, ip_address(a).is_private, ip_address(a).is_global, ip_address(a).is_loopback, ip_address(a).is_link_local) for a in ("10.1.1.1", "8.8.8.8", "127.0.0.1", "169.254.1.1", "100.64.0.1", "::1", "fe80::1", "fc00::1", "2606:4700::1")]
[(a, ip_address(a).is_multicast, ip_address(a).is_reserved, ip_address(a).is_unspecified) for a in ("224.0.0.1", "240.0.0.1", "0.0.0.0", "ff02::1", "::")]
[ip_address("fec0::1").is_site_local, hasattr(ip_address("1.1.1.1"), "is_site_local")]
ip_network("192.168.0.0/28"), ip_network("10.0.0.0/255.0.0.0"), ip_network("10.0.0.0/0.255.255.255"), ip_network(("10.0.0.0", 8)), ip_network("10.0.0.1"), ip_network("2001:db8::/32")
ip_network("192.168.0.1/28", strict=False), ip_network("0.0.0.0/0").num_addresses
(lambda n: (n.netmask, n.hostmask, n.broadcast_address, n.prefixlen, n.num_addresses, n.with_netmask, n.with_hostmask, n.exploded))(ip_network("192.168.0.0/28"))
[str(h) for h in ip_network("192.168.0.0/29").hosts()], list(ip_network("10.0.0.0/31").hosts()), list(ip_network("10.0.0.0/32").hosts()), len(list(ip_network("::/126").hosts()))
ip_network("10.0.0.0/30")[1], ip_network("10.0.0.0/30")[-1], list(ip_network("10.0.0.0/30"))
ip_network("10.0.0.0/30")[4]
ip_address("10.0.0.5") in ip_network("10.0.0.0/24"), ip_network("10.0.0.0/25") in ip_network("10.0.0.0/24"), ip_address("::1") in ip_network("10.0.0.0/8")
ip_network("10.0.0.0/25").subnet_of(ip_network("10.0.0.0/24")), ip_network("10.0.0.0/8").supernet_of(ip_network("10.1.0.0/16")), ip_network("10.0.0.0/24").overlaps(ip_network("10.0.0.128/25"))
ip_network("10.0.0.0/25").subnet_of(ip_network("::/24"))
list(ip_network("10.0.0.0/24").subnets()), list(ip_network("10.0.0.0/24").subnets(new_prefix=26)), ip_network("10.0.0.0/24").supernet(), ip_network("10.0.4.0/24").supernet(new_prefix=16)
list(ip_network("10.0.0.0/24").subnets(prefixlen_diff=9))
list(ip_network("10.0.0.0/24").subnets(new_prefix=20))
ip_network("10.0.0.0/24").supernet(25)
list(ip_network("10.0.0.0/28").address_exclude(ip_network("10.0.0.4/30")))
list(ip_network("10.0.0.0/28").address_exclude(ip_network("10.0.1.0/30")))
list(summarize_address_range(ip_address("192.0.2.0"), ip_address("192.0.2.130"))), list(collapse_addresses([ip_network("192.0.2.0/25"), ip_network("192.0.2.128/25"), ip_address("10.0.0.1")]))
list(summarize_address_range(ip_address("::2"), ip_address("::1")))
sorted([ip_network("10.1.0.0/16"), ip_address("10.0.0.1"), ip_network("10.0.0.0/8"), ip_address("::1")], key=get_mixed_type_key)
ip_network("10.0.0.0/8").compare_networks(ip_network("10.0.0.0/9")), ip_network("10.0.0.0/8") < ip_network("11.0.0.0/8"), hash(ip_network("10.0.0.0/8")) == hash(ip_network("10.0.0.0/255.0.0.0"))
(lambda i: (i, i.ip, i.network, i.netmask, i.with_prefixlen, i.with_netmask, str(i), i == ip_address("192.168.1.5")))(ip_interface("192.168.1.5/24"))
ip_interface("10.0.0.1/8") == ip_interface("10.0.0.1/16"), ip_interface("10.0.0.1/8") < ip_interface("10.0.0.2/8"), ip_interface("2001:db8::5/64").network
copy.deepcopy(ip_network("10.0.0.0/8")), pickle.loads(pickle.dumps(ip_address("::1"))), v4_int_to_packed(1), v6_int_to_packed(1)[-2:]
v4_int_to_packed(-1)
""")
for make, texts in (
    (IPv4Address, ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.x", "01.2.3.4", "1..2.3", "1.2.3.4/8", "1234.1.1.1", -1, 2**32, b"abc"]),
    (IPv6Address, ["", "1:2", ":::", "1::2::3", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8:9:a", "12345::", "g::", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "1:2:3:4:5:6:7::8", "::1.2.3", "fe80::1%", "::1/64", 2**128]),
    (IPv4Network, ["10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/255.0.255.0", "10.0.0.0/a", "10.0.0.0/8/8", "10.0.0.0/-1"]),
    (IPv6Network, ["::1/64", "::/129", "::/ffff::"]),
    (ip_address, ["nope", None, 1.5]), (ip_network, ["nope", "10.0.0.1/8"]), (ip_interface, ["nope/3"]),
):
    for text in texts:
        try:
            print(make.__name__, repr(text), make(text))
        except Exception as e:
            print(make.__name__, repr(text), type(e).__name__, e)
