/** A file that compiling produces: its place relative to the output folder, and its whole text. */

export interface OutputFile {
  /** Relative to the output folder, with forward slashes, such as `.mlstack/train.Dockerfile`. */
  readonly path: string
  /** UTF-8 text with LF ends; its first line or lines are our header, where the format has comments. */
  readonly text: string
}
