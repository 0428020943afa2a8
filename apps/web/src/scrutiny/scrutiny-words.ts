/** Codes of oversight as people read them. */
const WORDS: Readonly<Record<string, string>> = {
  // Notices
  'in-time': 'Received in time',
  late: 'Received late',
  missed: 'Never received',
  overdue: 'Overdue',
  due: 'Due',
  open: 'Open',
  finalised: 'Finalised',
  'struck-out': 'Struck out',
  // Samples
  planned: 'To be drawn',
  scoring: 'Being scored',
  reported: 'Reported',
  'sent-to-force': 'Sent to the force',
  answered: 'Answered by the force',
  'force-list': 'Closed complaint files of the force',
  'own-cases': 'Closed cases of the office',
  // Complaints about the chief constable
  'to-assess': 'Whose acts is it about?',
  'to-record': 'Decide on recording',
  'to-test': 'Apply the test for referral',
  'to-route': 'Choose how to handle it',
  'in-hand': 'Being handled',
  finished: 'Finished',
  'under-command': 'Acts under command: for the professional standards department',
  personal: 'The chief constable in person',
  recorded: 'Recorded under Schedule 3',
  'not-recorded': 'Not recorded',
  'outside-schedule-3': 'Handled outside Schedule 3',
  mandatory: 'Referred to the IOPC: it had to be',
  voluntary: 'Referred to the IOPC of choice',
  'not-referred': 'Not referred',
  'local-investigation': 'Investigation by the office',
  'iopc-directed': 'Investigation directed by the IOPC',
  'iopc-independent': 'Independent investigation by the IOPC',
  'otherwise-than-by-investigation': 'Otherwise than by investigation',
  'service-recovery': 'Put right informally',
  'service-acceptable': 'The service was acceptable',
  'service-not-acceptable': 'The service was not acceptable',
  'case-to-answer': 'There is a case to answer',
  'no-case-to-answer': 'There is no case to answer',
  resolved: 'Resolved',
  'no-further-action': 'No further action',
  withdrawn: 'Withdrawn',
  assessed: 'Whose acts it is about',
  'recording-decided': 'Recording',
  'referral-tested': 'Referral to the IOPC',
  'route-chosen': 'How it is handled',
  'update-given': 'Update to the complainant',
  'outcome-recorded': 'Outcome',
  // The force
  'iopc-referral': 'Referred to the IOPC by the office',
  'direction-to-comply': 'Direction to the chief officer to comply',
  gravity: 'Because of its gravity',
  'exceptional-circumstances': 'Because of exceptional circumstances',
  'duty-not-met': 'A duty under Part 2 was not met',
  'duty-not-met-in-time': 'A duty under Part 2 was not met in time',
  'iopc-investigates': 'The IOPC investigates',
  'iopc-directs': 'The IOPC directs the investigation',
  'returned-to-force': 'The IOPC returned it to the force',
  complied: 'Complied with',
  'partly-complied': 'Complied with in part',
  'not-complied': 'Not complied with',
  'recommendations-pack': 'Pack of recommendations',
  'twelve-month-notices': '12-month notices',
  'dip-sample': 'Dip sample',
  timeliness: 'Timeliness',
  'themes-and-learning': 'Themes and learning',
  other: 'Other business',
};

export function inScrutinyWords(code: string | null): string {
  if (code === null) return '';
  const words = code.replaceAll('-', ' ');
  return WORDS[code] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** Codes as choices of a form. */
export function choicesOf(codes: readonly string[]): readonly { readonly value: string; readonly text: string }[] {
  return codes.map((value) => ({ value, text: inScrutinyWords(value) }));
}

/** The tag of a state: what is late stands out by its words, and by its colour too. */
export function tagOf(code: string): { readonly text: string; readonly classes: string } {
  const colour = ['overdue', 'missed'].includes(code)
    ? 'govuk-tag--red'
    : ['late', 'planned', 'due', 'to-assess', 'to-record', 'to-test', 'to-route'].includes(code)
      ? 'govuk-tag--yellow'
      : ['in-time', 'answered', 'finished', 'finalised'].includes(code)
        ? 'govuk-tag--green'
        : 'govuk-tag--blue';
  return { text: inScrutinyWords(code), classes: colour };
}

/** A share as a percentage, and the numbers that it rests on. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? 'nothing to measure' : `${String(Math.round((part / whole) * 100))}%`;
}
