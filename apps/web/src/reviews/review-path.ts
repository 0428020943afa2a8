/** The address of a review, or of a part of it. */
export function reviewPath({ reference }: { readonly reference: string }, part: string): string {
  return `/staff/reviews/${reference}${part === '' ? '' : `/${part}`}`;
}
