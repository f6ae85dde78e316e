"""Writes a model of one line, and says whom it runs as."""
import os
import pathlib
import pwd

numbers = pathlib.Path(os.environ['DATASET_NUMBERS']).read_text().strip()
pathlib.Path(os.environ['MODEL_DIR'], 'model.txt').write_text(f'a model of {numbers}')
pathlib.Path('beside-the-code').write_text('a job writes in its working folder')
print(f'trained as {os.getuid()}:{os.getgid()} {pwd.getpwuid(os.getuid()).pw_name} in {os.getcwd()} at home in {os.environ["HOME"]}: {pathlib.Path("/built/note").read_text().strip()}')
