/** What invented people of the force and the office write. */
export const DEMONSTRATION_WORDS = {
  reasons: [
    'The file is with the Crown Prosecution Service for advice.',
    'Two witnesses could not be reached before the summer.',
    'The investigation waits for the criminal proceedings to end.',
    'The investigating officer changed in the spring. The new officer has read the file.',
    'A forensic report is expected within six weeks.',
    'The complainant asked for time to add to the statement.',
  ],
  comments: [
    'The contact plan is on the file and was kept to.',
    'The letter answers every allegation but one.',
    'No record of when the complainant was first spoken to.',
    'Clear reasons. The tone is kind.',
    'The right of review is explained, with the wrong body named.',
  ],
  findings: [
    'Letters are clearer than in the last sample. The first contact is still recorded late.',
    'Decisions are sound. In three files the complainant heard nothing for more than four weeks.',
    'The referral test is on every file. Learning is seldom followed up.',
  ],
  feedback: [
    'Please remind teams to record the first contact on the day, and to send updates every four weeks.',
    'Please have the paragraph on the right of review checked before a letter goes out.',
  ],
  answers: [
    'The force accepts the findings. Supervisors check first contact every week from next month.',
    'The force accepts the findings and has changed its letter template.',
  ],
  minutes: [
    'Recommendations gone through one by one; two are late and will be answered this month. Notices discussed.',
    'The result of the dip sample was presented. The force will report on first contact at the next meeting.',
    'Timeliness has improved. Three investigations of more than 12 months were gone through.',
  ],
  actions: {
    'iopc-referral': 'The allegation is grave and the force had not referred it.',
    'direction-to-comply': 'The complainant had not been kept informed for ten weeks in spite of two reminders.',
  },
  actionAnswers: {
    'iopc-referral': 'The IOPC will investigate itself.',
    'direction-to-comply': 'The complainant has been written to and the updates are now set in the force’s system.',
  },
} as const;
