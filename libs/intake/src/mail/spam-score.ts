import { type MailEnvelope } from './classify-mail';
import { type ParsedMail } from './parsed-mail';
import { SPAM_PHRASES } from './spam/phrases';
import { SPAM_RULES } from './spam/spam-rules';
import { spamFacts } from './spam/spam-facts';

export interface SpamScore {
  readonly score: number;
  readonly reasons: readonly string[];
}

/** From here on a mail is quarantined, where a person can release it. */
export const SPAM_THRESHOLD = 4.5;

/** The most that wording can add: less than the threshold, so that a victim may quote a fraud to us. */
const MAX_PHRASE_SCORE = 4;

/** The most that capitals, exclamation marks and urgency can add: people who write to us may well be angry. */
const MAX_TEMPER_SCORE = 2;

/**
 * Adds up general signs of spam. It errs on the side of letting spam through: a missed spam costs a click, a letter
 * in quarantine costs its sender time.
 */
export function scoreSpam(mail: ParsedMail, envelope: MailEnvelope): SpamScore {
  const facts = spamFacts(mail, envelope);
  const rules = SPAM_RULES.filter((rule) => rule.test(facts));
  const phrases = SPAM_PHRASES.filter((phrase) => phrase.pattern.test(facts.words));
  const phraseScore = Math.min(MAX_PHRASE_SCORE, sum(phrases.map((phrase) => phrase.weight)));
  const temper = sum(rules.filter((rule) => rule.isTemper === true).map((rule) => rule.weight));
  const others = sum(rules.filter((rule) => rule.isTemper !== true).map((rule) => rule.weight));
  const score = others + Math.min(MAX_TEMPER_SCORE, temper) + phraseScore;
  return {
    score: Math.max(0, Math.round(score * 10) / 10),
    reasons: [
      ...rules.filter((rule) => rule.weight > 0).map((rule) => rule.reason),
      ...phrases.map((phrase) => `It speaks of ${phrase.about}.`),
    ],
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
