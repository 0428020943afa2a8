import type { ReviewView } from '@app/reviews';
import { FINDING_WORDS, OUTCOME_WORDS } from './review-words';

/** What was found, as pages list it. */
export interface FindingsModel {
  readonly outcome: string | null;
  readonly observations: readonly string[];
  readonly allegations: readonly {
    readonly id: string;
    readonly number: number;
    readonly category: string;
    readonly text: string;
    /** Null where there is none yet. */
    readonly finding: string | null;
    readonly isReasonable: boolean;
    readonly reasons: string | null;
    readonly evidence: readonly string[];
  }[];
  readonly test: readonly { readonly title: string; readonly text: string }[];
}

export function findingsOf({ state, allegations, papers, observations, test }: ReviewView): FindingsModel {
  return {
    outcome: state.outcome === null ? null : OUTCOME_WORDS[state.outcome],
    observations,
    allegations: allegations.map(({ id, category, text, finding, reasons, evidence }, index) => ({
      id,
      number: index + 1,
      category,
      text,
      finding: finding === null ? null : FINDING_WORDS[finding],
      isReasonable: finding === 'reasonable-and-proportionate',
      reasons,
      evidence: evidence.map(({ paper, page }) => {
        const name = papers.find((each) => each.paper === paper)?.name ?? paper;
        return page === null ? name : `${name}, page ${page}`;
      }),
    })),
    test:
      test === null
        ? []
        : [
            { title: 'The complaint', text: test.complaint },
            { title: 'How the force handled it', text: test.handling },
            { title: 'Law and guidance', text: test.lawAndGuidance },
            { title: 'Conclusion', text: test.conclusion },
          ],
  };
}
