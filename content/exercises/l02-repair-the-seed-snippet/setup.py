import warnings

caught = []
warnings.showwarning = lambda message, category, filename, lineno, file=None, line=None: caught.append(
    warnings.WarningMessage(message, category, filename, lineno)
)
warnings.simplefilter("always")
