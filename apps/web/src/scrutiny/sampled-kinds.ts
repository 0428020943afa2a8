import { CASE_KINDS } from '@app/offices';
import { inWords } from '../case/case-words';

/** Kinds of the office's own cases that a sample can be drawn from. */
export const SAMPLED_KINDS = CASE_KINDS.filter((kind) => kind !== 'spam').map((value) => ({
  value,
  text: inWords(value),
}));
