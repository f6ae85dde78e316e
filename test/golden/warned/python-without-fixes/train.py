# The least that a script can be.
