/** What `vitrine doctor` found of one thing. */
export interface Check {
  readonly name: string;
  /** `fail` makes the command fail. */
  readonly state: 'ok' | 'note' | 'fail';
  readonly detail: string;
  readonly advice?: string;
}
