/** Where things are inside the containers: the one place that knows their paths and users. */

/** The working folder, unless the config has another one. */
export const CODE_FOLDER = '/app'
/** Code from outside of the config's folder. */
export const OTHER_CODE_FOLDER = '/opt/code'
/** Metadata of projects that are imported from the code as if they were installed. */
export const PACKAGES_FOLDER = '/opt/mlstack/packages'
export const DATA_FOLDER = '/data'
export const CACHE_FOLDER = '/cache'
/** The user's name in the images; base images may have an `app` or `user` of their own. */
export const USER_NAME = 'mlstack'
export const HOME_FOLDER = '/home/mlstack'
export const SECRETS_FOLDER = '/run/secrets'
/** Where our folder of the machine is mounted, for what is made there and is in no image; `src/emit/helper/entrypoint.py` knows it. */
export const MADE_FOLDER = '/run/mlstack'
export const HELPER_FOLDER = '/opt/mlstack'
export const ENTRYPOINT = `${HELPER_FOLDER}/entrypoint.py`
export const FETCH_HELPER = `${HELPER_FOLDER}/fetch.py`
/** The parameters of a role, mounted there. */
export const PARAMS_FILE = `${HELPER_FOLDER}/params.json`
/** For code of ours: a `signal.py` or `http` of the user's, which PYTHONPATH leads to, must not be what it imports. */
export const ISOLATED_PYTHON: readonly string[] = ['python', '-I']

/** Mounted from the volume that jobs and services share; `src/emit/helper/entrypoint.py` keeps its order. */
export const MODEL_STORE = '/model'
export const CANDIDATE_FOLDER = `${MODEL_STORE}/candidate`
export const SERVED_FOLDER = `${MODEL_STORE}/current/model`
/** Models by name, each a folder of numbered versions, in the release in service; `src/emit/helper/versions.py` makes it. */
export const VERSIONS_FOLDER = `${MODEL_STORE}/current/versions`
/** The same for a model that exists, which is mounted there. */
export const MODELS_FOLDER = '/models'
/** Set by the helper where a job is to go on with what its last run has left. */
export const RESUME_VARIABLE = 'RESUME'
/** From the shell, to run jobs for which nothing has changed. */
export const RERUN_VARIABLE = 'MLSTACK_RERUN'
/** Each job has a folder of its own in it. */
export const CHECKPOINTS_FOLDER = `${MODEL_STORE}/checkpoints`
/** Where a folder of the user's for checkpoints is mounted. */
export const OWN_CHECKPOINTS_FOLDER = '/checkpoints'
export const METRICS_FILE = `${MODEL_STORE}/metrics/metrics.json`

/** Where a model that exists is mounted: `model.source`. */
export const BASE_MODEL_FOLDER = '/base-model'

export const MODEL_VOLUME = 'model'
export const CACHE_VOLUME = 'cache'
/** What the tracking server keeps. */
export const TRACKING_VOLUME = 'tracking'
/** The one of `cache: shared`, as the engine knows it. */
export const SHARED_CACHE = 'mlstack-cache'

/** Set in the shell, they lead to the outside: builds get them, and what fetches. */
export const PROXY_VARIABLES: readonly string[] = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']

/** The user and group in the image where the shell sets no MLSTACK_UID and MLSTACK_GID. */
export const DEFAULT_ID = 10001

/** Variables that send the caches of common libraries to the cache volume, each by that library's own documentation. */
export const CACHE_VARIABLES: readonly (readonly [name: string, folder: string])[] = [
  ['HF_HOME', `${CACHE_FOLDER}/huggingface`],
  ['MPLCONFIGDIR', `${CACHE_FOLDER}/matplotlib`],
  ['NUMBA_CACHE_DIR', `${CACHE_FOLDER}/numba`],
  ['TORCH_HOME', `${CACHE_FOLDER}/torch`],
  ['TRITON_CACHE_DIR', `${CACHE_FOLDER}/triton`],
  ['XDG_CACHE_HOME', CACHE_FOLDER],
]

/** Thread pools that look at the machine's processors and not at a container's quota. */
export const THREAD_VARIABLES: readonly string[] = ['LOKY_MAX_CPU_COUNT', 'MKL_NUM_THREADS', 'OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS']

/** Python's own seed: https://docs.python.org/3/using/cmdline.html#envvar-PYTHONHASHSEED */
export const HASH_SEED = 'PYTHONHASHSEED'

/** What makes cuBLAS repeatable, and PyTorch's deterministic mode asks for: https://docs.nvidia.com/cuda/cublas/index.html#results-reproducibility */
export const CUBLAS_WORKSPACE = ['CUBLAS_WORKSPACE_CONFIG', ':4096:8'] as const

/** The compute driver and the cards: https://rocm.docs.amd.com/projects/install-on-linux/en/latest/how-to/docker.html */
export const AMD_DEVICES: readonly string[] = ['/dev/kfd:/dev/kfd', '/dev/dri:/dev/dri']

export interface DeviceGroup {
  readonly group: 'video' | 'render'
  /** The variable that Compose reads its number from. */
  readonly variable: string
  /** Its number where that says nothing: Debian's, and Ubuntu 22.04's. */
  readonly usual: number
}

/** The groups that own those devices. */
export const AMD_GROUPS: readonly DeviceGroup[] = [
  { group: 'video', variable: 'MLSTACK_VIDEO_GID', usual: 44 },
  { group: 'render', variable: 'MLSTACK_RENDER_GID', usual: 109 },
]

/** Which of AMD's GPUs a process sees, by number or id: https://rocm.docs.amd.com/en/latest/conceptual/gpu-isolation.html */
export const AMD_VISIBLE = 'ROCR_VISIBLE_DEVICES'

/** Where Debian's update-ca-certificates looks for certificates of one's own, and the list that it makes of all. */
export const OWN_CERTIFICATES = '/usr/local/share/ca-certificates/mlstack-build-ca.crt'
export const CERTIFICATE_LIST = '/etc/ssl/certs/ca-certificates.crt'

/** Variables that name that list to programs that bring one of their own: OpenSSL and uv, requests and all that uses certifi through it, pip, curl, AWS's clients. */
export const CERTIFICATE_VARIABLES: readonly string[] = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'PIP_CERT', 'CURL_CA_BUNDLE', 'AWS_CA_BUNDLE']
