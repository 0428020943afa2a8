import type { ApplicantStatement } from '@app/reviews';
import { textAt, type Messages } from '../../http/messages';

/** What an applicant said on the form that is no fact for the law's tests, as staff read it; only what was said. */
export function statementRows(
  statement: ApplicantStatement | null,
  m: Messages,
): readonly (readonly [string, string])[] {
  if (statement === null) return [];
  const label = (name: string): string => textAt(m, `review.check.labels.${name}`);
  const option = (step: string, name: string, key: string): string =>
    textAt(m, `review.steps.${step}.fields.${name}.options.${key}`);
  const { sentBeforeTo, lateReasons } = statement;
  const rows: readonly (readonly [string, string])[] = [
    [label('otherForce'), statement.otherForce ?? ''],
    [label('complainantName'), statement.complainantName ?? ''],
    [label('consent'), statement.consentFiles.join(', ')],
    [label('named'), option('body', 'named', statement.namedBody)],
    [label('sentTo'), sentBeforeTo === null ? '' : option('sent', 'sentTo', sentBeforeTo)],
    [label('lateReasons'), lateReasons.map((key) => option('late', 'lateReasons', key)).join('; ')],
    [label('lateBecause'), statement.lateBecause],
    [label('wanted'), statement.outcomeWanted],
    [label('safeContact'), statement.safeContact],
  ];
  return rows.filter(([, text]) => text !== '');
}
