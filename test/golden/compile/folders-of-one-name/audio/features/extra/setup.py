from setuptools import setup

setup(
    name="extra",
    version="0.2",
    entry_points={"console_scripts": ["extra = extra:main", "extra-more=extra.more:run"]},
)
