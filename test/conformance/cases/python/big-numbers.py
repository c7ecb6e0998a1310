import sys, math
print(sys.get_int_max_str_digits())
for what in ["str(10 ** 5000)", "int('9' * 5000)", "f'{10 ** 5000}'", "'%d' % 10 ** 5000", "repr(10 ** 5000)", "print(10 ** 4400)", "len(str(10 ** 4299))", "int('9' * 4300) > 0", "hex(10 ** 5000)[:8]", "float(10 ** 400)", "10 ** 400 / 1", "10.0 ** 400", "1 << 100 >> 100", "math.factorial(5000) % 1000007", "math.exp(1000)", "10 ** -400", "divmod(10 ** 500, 7)[1]", "round(1e308 * 10)", "int(float('nan'))", "(10 ** 4000).bit_length()", "pow(3, 10 ** 50, 1000007)"]:
    try:
        print(what, "=", eval(what))
    except Exception as e:
        print(what, ":", type(e).__name__, e)
sys.set_int_max_str_digits(0)
print(len(str(10 ** 6000)))
try:
    sys.set_int_max_str_digits(5)
except ValueError as e:
    print(e)
