"""Has a name that the helper imports from the standard library: from there it must come, and not from here."""
raise ImportError('the helper imports modules of the user')
