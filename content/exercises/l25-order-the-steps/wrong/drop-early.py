releases = [
    [ADD, BOTH, COPY],
    [READ, RULE, DROP],
    [ONLY],
]
