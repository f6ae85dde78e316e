/** A string in which a dollar may begin a reference: literal pieces and references, told apart once and for all. */

export interface Reference {
  /** The variable's name. */
  readonly name: string
  /** What follows the name in braces: an operator and its argument, such as `:-` and `8080`. */
  readonly operator: ':-' | '-' | ':+' | '+' | ':?' | '?' | undefined
  readonly argument: Template
  /** The reference as written, from the dollar on. */
  readonly text: string
}

export type Piece = string | Reference

/** Literal pieces have `$$` already read as `$`. Empty for an empty string. */
export type Template = readonly Piece[]
