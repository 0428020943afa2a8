/** A dated entry of configuration: what is asked about each file, and what an answer is worth. */
export interface ScoringSheet {
  readonly name: string;
  /** From the worst to the best. */
  readonly scale: readonly { readonly key: string; readonly points: number; readonly text: string }[];
  readonly questions: readonly { readonly key: string; readonly weight: number; readonly text: string }[];
}

/** The key of an answer of the scale for each question; null: the question does not apply to the file. */
export type Answers = Readonly<Record<string, string | null>>;

export interface Points {
  readonly reached: number;
  readonly possible: number;
}

/** What the answers are worth; questions that do not apply count on neither side. */
export function pointsOf(sheet: ScoringSheet, answers: Answers): Points {
  const most = Math.max(...sheet.scale.map(({ points }) => points));
  let [reached, possible] = [0, 0];
  for (const { key, weight } of sheet.questions) {
    const answer = answers[key];
    const points = sheet.scale.find((step) => step.key === answer)?.points;
    if (points === undefined) continue;
    reached += points * weight;
    possible += most * weight;
  }
  return { reached, possible };
}

/** Questions without a valid answer. */
export function unanswered(sheet: ScoringSheet, answers: Answers): readonly string[] {
  return sheet.questions
    .filter(({ key }) => {
      const answer = answers[key];
      return answer === undefined || (answer !== null && !sheet.scale.some((step) => step.key === answer));
    })
    .map(({ key }) => key);
}

export interface QuestionResult {
  readonly key: string;
  readonly text: string;
  /** How many scores gave each answer of the scale. */
  readonly answers: readonly { readonly key: string; readonly text: string; readonly count: number }[];
  readonly notApplicable: number;
  readonly points: Points;
}

/** The result over all scores given, with the numbers it rests on. */
export function resultOf(
  sheet: ScoringSheet,
  scores: readonly Answers[],
): { readonly points: Points; readonly questions: readonly QuestionResult[] } {
  const total = { reached: 0, possible: 0 };
  for (const answers of scores) {
    const { reached, possible } = pointsOf(sheet, answers);
    total.reached += reached;
    total.possible += possible;
  }
  const questions = sheet.questions.map((question) => {
    const points = { reached: 0, possible: 0 };
    for (const answers of scores) {
      const one = pointsOf({ ...sheet, questions: [question] }, answers);
      points.reached += one.reached;
      points.possible += one.possible;
    }
    return {
      key: question.key,
      text: question.text,
      answers: sheet.scale.map(({ key, text }) => ({
        key,
        text,
        count: scores.filter((answers) => answers[question.key] === key).length,
      })),
      notApplicable: scores.filter((answers) => answers[question.key] === null).length,
      points,
    };
  });
  return { points: total, questions };
}
