/** The build arguments that name package indexes and have no default of ours, so that an image's own pip configuration stays in force. */

export const INDEX_ARGUMENTS: readonly string[] = ['PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'UV_INDEX_URL']
