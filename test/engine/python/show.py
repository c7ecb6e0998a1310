"""What the programs of the tests print expressions with."""


def show(names, text):
    """Print the value of every line of the text, or the error it raises."""
    for line in text.strip().splitlines():
        try:
            value = repr(eval(line, names))
        except Exception as error:
            value = f"{type(error).__name__}: {error}"
        print(line, "->", value)


def do(text):
    """Run every line, `\\n` within it being the end of a line, and print what it leaves in `r`."""
    for line in text.strip().splitlines():
        names = {}
        try:
            exec(line.replace("\\n", "\n"), names)
            value = repr(names.get("r"))
        except Exception as error:
            value = f"{type(error).__name__}: {error}"
        print(line, "->", value)
