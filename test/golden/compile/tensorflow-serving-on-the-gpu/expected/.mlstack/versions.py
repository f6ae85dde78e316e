# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:5d1479f781562783
"""Gives a release the form that model servers of vendors read: a folder of versions, numbered by plain integers.

    current/versions/NAME/2              -> the folder of release 0002 that has what the server takes
    current/versions/NAME/1              -> that of the release before it, as long as it is kept
    current/versions/NAME/config.pbtxt   -> what the jobs wrote beside the model, which belongs above the versions

The links are made inside of a release that is not in service yet. So the one rename of `current` brings in a version together
with its configuration, and whoever polls sees either all of a release or nothing of it.
"""
from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import Dict, List, Optional, Type

BESIDE = 'config.pbtxt'


class Versions:
    """The versions of one model."""

    def __init__(self, name: str, wanted: List[str], failure: Type[Exception]):
        """`wanted`: sets of files such as `model.pt,config.pbtxt`, all files of one of which the server takes."""
        self.name, self.wanted, self.failure = name, wanted, failure

    def find_served(self, model: Path) -> Path:
        """The folder with what the server takes: the model's own, or the one that is right below it. Fails where there is none."""
        for folders in ([model], sorted(path for path in model.iterdir() if path.is_dir())):
            fitting = [folder for folder in folders if any(has_all(folder, files) for files in self.wanted)]
            if len(fitting) > 1:
                raise self.failure(f'{" and ".join(f"{folder.name}/" for folder in fitting)} in $MODEL_DIR could each be what is served: leave one of them')
            if fitting:
                return fitting[0]
        sets = ' or '.join(files.replace(',', ' with ') for files in self.wanted)
        raise self.failure(f'the model has no {sets}, which its server takes: $MODEL_DIR has {", ".join(sorted(os.listdir(model))) or "nothing"}')

    def lay(self, release: Path, served: Optional[str]) -> None:
        """Makes the links of a release, and of the one in service before it. Where its own are there already, it changes nothing."""
        folder, unfinished = release / 'versions' / self.name, release / 'versions.tmp'
        links = self.find_links(release)
        if {link: leading(folder, target) for link, target in links.items()}.items() <= read_links(folder).items():
            return
        if served not in (release.name, None):
            with contextlib.suppress(self.failure, OSError):  # it was made for another server
                links.update({link: target for link, target in self.find_links(release.parent / served).items() if link != BESIDE})
        shutil.rmtree(unfinished, ignore_errors=True)
        (unfinished / self.name).mkdir(parents=True)
        for link, target in links.items():
            (unfinished / self.name / link).symlink_to(leading(folder, target))
        shutil.rmtree(release / 'versions', ignore_errors=True)
        unfinished.rename(release / 'versions')

    def find_links(self, release: Path) -> Dict[str, Path]:
        """The links of a release that are its own, and where each leads."""
        served = self.find_served(release / 'model')
        beside = {BESIDE: served / BESIDE} if (served / BESIDE).is_file() else {}
        return {str(int(release.name)): served, **beside}


def leading(folder: Path, target: Path) -> str:
    """Relative, since the store is mounted elsewhere in other containers."""
    return os.path.relpath(target, folder)


def has_all(folder: Path, files: str) -> bool:
    return all((folder / file).is_file() for file in files.split(','))


def read_links(folder: Path) -> Dict[str, str]:
    """Where the links in a folder lead; empty where there is none."""
    return {link.name: os.readlink(link) for link in folder.iterdir()} if folder.is_dir() else {}
