/** The versions of Docker's parts that what mlstack writes needs. */
import engine from './data/engine.json' with { type: 'json' }

export const OLDEST_ENGINE = engine.engine
export const OLDEST_COMPOSE = engine.compose

/** From this Engine on, a device request for NVIDIA's driver is served by CDI too. */
export const ENGINE_WITH_GPUS_BY_CDI = engine.gpusByCdi

/** Bytes that should be free where nothing is known of the images. */
export const ROOM_FOR_UNKNOWN_IMAGES = engine.freeDisk

/** The oldest Buildx for each Compose, by the oldest Compose that asks for it; ascending. */
export const OLDEST_BUILDX: readonly { readonly compose: string; readonly buildx: string }[] = engine.buildx
