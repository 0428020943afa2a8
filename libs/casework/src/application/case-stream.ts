/** The event stream of a case. */
export function caseStream(id: string): string {
  return `case-${id}`;
}
