def columns(n):
    return schemas[n]["member"]
