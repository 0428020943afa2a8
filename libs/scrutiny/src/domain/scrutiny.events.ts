const V1 = { schemaVersion: 1 } as const;

/** What is recorded of the oversight of the force. */
export const SCRUTINY_EVENTS = {
  'scrutiny.investigation-entered': V1,
  'scrutiny.notice-received': V1,
  'scrutiny.investigation-corrected': V1,
  'scrutiny.investigation-finalised': V1,
  'scrutiny.investigation-struck': V1,
  'scrutiny.dip-sample-planned': V1,
  'scrutiny.dip-sample-drawn': V1,
  'scrutiny.dip-sample-file-replaced': V1,
  'scrutiny.dip-sample-file-scored': V1,
  'scrutiny.dip-sample-reported': V1,
  'scrutiny.dip-sample-feedback-sent': V1,
  'scrutiny.dip-sample-feedback-answered': V1,
  'scrutiny.chief-constable-complaint-opened': V1,
  'scrutiny.chief-constable-complaint-assessed': V1,
  'scrutiny.chief-constable-complaint-recording-decided': V1,
  'scrutiny.chief-constable-complaint-referral-tested': V1,
  'scrutiny.chief-constable-complaint-route-chosen': V1,
  'scrutiny.chief-constable-complaint-update-given': V1,
  'scrutiny.chief-constable-complaint-outcome-recorded': V1,
  'scrutiny.panel-numbers-recorded': V1,
  'scrutiny.oversight-action-taken': V1,
  'scrutiny.oversight-action-answered': V1,
  'scrutiny.force-meeting-planned': V1,
  'scrutiny.force-meeting-held': V1,
} as const;
