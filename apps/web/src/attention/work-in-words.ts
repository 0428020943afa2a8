const WORK: Readonly<Record<string, string>> = {
  'intake.file-mail': 'A mail could not be filed',
  'casework.triage': 'A case could not be sorted',
  'casework.route': 'A case could not be put into a queue',
  'casework.acknowledge': 'A letter could not be acknowledged',
  'casework.risk-alert': 'A risk alert could not be sent to the duty manager',
  'casework.record-bounce': 'A returned message could not be noted on its case',
  'casework.recount-deadlines': 'Deadlines could not be counted again',
  'casework.watch-deadlines': 'Deadlines could not be watched',
  'notifications.deliver': 'A message could not be sent',
  'assurance.sweep': 'The check that nothing is overlooked could not run',
  'assurance.seal-log': 'The history could not be sealed for the day',
  'worklist.run-bulk-action': 'An action on many cases did not finish',
};

/** What could not be done, as people of the office would say it; else by the names of the work and its cause. */
export function workInWords(consumer: string, what: string): string {
  return WORK[consumer] ?? `${consumer} could not deal with ${what}`;
}
