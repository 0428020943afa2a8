import { reviewDecisionTable, VALIDITIES } from '@app/reviews';
import { decisionTableAsMarkdown, decisionTableAsText } from './rules-tables';

const table = reviewDecisionTable();

describe('npm run rules -- reviews', () => {
  const text = decisionTableAsText(table, 100);

  it('lists every answer in order of precedence, with what the rules really answer', () => {
    const positions = VALIDITIES.map((validity, index) => text.indexOf(`${index + 1}. ${validity} (R1.`));
    expect(positions.every((position) => position > 0)).toBe(true);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    for (const { answer } of table.validities) expect(text).toContain(`${answer.validity}; `);
    const changed = {
      ...table,
      validities: table.validities.map((row) => ({
        ...row,
        answer: { ...row.answer, validity: 'premature' as const },
      })),
    };
    expect(decisionTableAsText(changed, 100)).not.toBe(text);
  });

  it('shows the worked dates, the days left out and the seven tests', () => {
    expect(text).toContain('last day Tuesday 29 April 2025');
    expect(text).toContain('last day Thursday 29 February 2024');
    expect(text).toContain('17 days left out');
    expect(text.match(/^R1\.3[23] {2}Test [1-7] (yes|unknown)/gm)).toHaveLength(14);
  });

  it('keeps to the width of a terminal', () => {
    const longest = Math.max(
      ...decisionTableAsText(table, 80)
        .split('\n')
        .map((line) => line.length),
    );
    expect(longest).toBeLessThanOrEqual(80);
  });

  it('is whole tables as Markdown', () => {
    const rows = decisionTableAsMarkdown(table)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(VALIDITIES.length + 20);
    expect(rows.every((row) => row.endsWith(' |'))).toBe(true);
  });
});
