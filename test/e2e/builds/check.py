"""Says what is in the image, and what of the secrets this process sees, by their digests."""
import hashlib
import os
import pathlib
import pwd
import urllib.request

import private_package

digest = lambda text: hashlib.sha256(text.encode()).hexdigest()[:16]
read = lambda path: pathlib.Path(path).read_text().strip()

print('flavour', read('/etc/flavour'))
print('digest of the build', read('/etc/digest-of-secret')[:16])
print('over TLS', read('/etc/over-tls'))
print('whom', read('/app/whom').replace('\n', ' in '))
print('package', private_package.ORIGIN)
print('user', os.getuid(), os.getgid(), pwd.getpwuid(os.getuid()).pw_name)
print('file', digest(read(os.environ['FROM_FILE_FILE'])), 'FROM_FILE' in os.environ)
print('shell', digest(os.environ['FROM_SHELL']))
print('strangers', [name for name in ('FOR_BUILD', 'INDEX_LOGIN') if name in os.environ or os.path.exists(f'/run/secrets/{name}')])
print('at run', urllib.request.urlopen(f'https://host.docker.internal:{os.environ["TLS_PORT"]}/').read().decode())
pathlib.Path(os.environ['MODEL_DIR'], 'model').write_text('a model')
