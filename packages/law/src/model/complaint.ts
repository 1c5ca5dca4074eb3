/** What is wrong with an input, and where. */
export interface Complaint {
  /** A path such as `subject.emails[0]`, or `""` for the whole. */
  readonly path: string;
  readonly reason: string;
}
