releases = [
    [ADD, COPY, BOTH, READ, RULE, ONLY, DROP],
    [],
    [],
]
