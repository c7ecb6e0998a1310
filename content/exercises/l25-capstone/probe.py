def graph():
    scripts = ScriptDirectory.from_config(config)
    heads = sorted(scripts.get_heads())
    parents = scripts.get_revision(heads[0]).down_revision
    return heads, sorted(parents) if isinstance(parents, (tuple, list)) else parents


def columns():
    return sorted(c["name"] for c in inspect(engine).get_columns("orders"))
