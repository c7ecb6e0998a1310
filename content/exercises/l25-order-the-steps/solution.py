releases = [
    [ADD, BOTH, COPY],
    [READ, RULE],
    [ONLY, DROP],
]
