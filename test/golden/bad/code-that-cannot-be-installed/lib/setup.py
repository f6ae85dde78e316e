from names import NAME
from setuptools import setup

setup(name=NAME)
