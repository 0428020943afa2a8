import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classifyMail, type MailClassification } from './classify-mail';
import { parse } from './testing/sample-mail';

const corpora = process.env.CORPORA_DIR ?? join(__dirname, '../../../../../shared/corpora');
const folder = join(corpora, 'bounces');
const OWN = ['opcc@west-mercia.example'];
type Answer = 'hard' | 'soft' | 'non-bounce';

/** What the labels allow for each file; a report on several recipients may be read as any of them. */
function labels(): Map<string, Set<Answer>> {
  const allowed = new Map<string, Set<Answer>>();
  for (const line of readFileSync(join(corpora, 'bounces-labels.csv'), 'utf8').trim().split('\n').slice(1)) {
    const [file = '', , , reason = '', hard] = line.split(',');
    const isNone = ['feedback', 'vacation', 'delivered'].includes(reason);
    const answers = allowed.get(file) ?? new Set<Answer>();
    allowed.set(file, answers.add(isNone ? 'non-bounce' : hard === 'true' ? 'hard' : 'soft'));
  }
  return allowed;
}

function answerOf({ bounce }: MailClassification): Answer | 'unknown' {
  return bounce === null ? 'non-bounce' : bounce.severity;
}

const results: string[] = [];
if (!existsSync(folder)) process.stdout.write(`Bounces: left out, ${folder} is not there\n`);

(existsSync(folder) ? describe : describe.skip)('the corpus of bounces', () => {
  afterAll(() => process.stdout.write(`Bounces: ${results.join(', ')}\n`));

  // With the null return path that bounces should have, and without it, as some come.
  it.each(['', 'bounce-test@relay.example'])('is told apart when it comes from <%s>', async (from) => {
    const allowed = labels();
    const files = readdirSync(folder).sort();
    const answered: string[] = [];
    const missed: string[] = [];
    for (const file of files) {
      const classification = classifyMail(
        await parse(readFileSync(join(folder, file))),
        { from, to: 'opcc@west-mercia.example' },
        OWN,
      );
      const answer = answerOf(classification);
      if (classification.mayAnswerAutomatically) answered.push(file);
      if (answer === 'unknown' || allowed.get(file)?.has(answer) !== true) missed.push(file);
    }
    const right = files.length - missed.length;
    results.push(`${right} of ${files.length} told apart and ${answered.length} to be answered from <${from}>`);
    expect(files.length).toBeGreaterThanOrEqual(312);
    expect(answered).toEqual([]);
    expect(right / files.length).toBeGreaterThanOrEqual(0.95);
  });
});
