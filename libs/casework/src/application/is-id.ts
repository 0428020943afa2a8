const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text from outside can be an id of ours: PostgreSQL refuses a statement with any other. */
export function isId(text: string): boolean {
  return ID.test(text);
}
