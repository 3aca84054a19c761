/** What the command line adds to a file that cannot say it itself. */
export interface ImportOptions {
  /** Overrides the name of manifest, folder and file. */
  readonly name?: string;
  /** Names of the columns of a matrix input [batch, k]. */
  readonly columns?: readonly string[];
  /** Labels in the order of the scores. */
  readonly labels?: readonly string[];
}
