import { DeclareConflict, RestrictCase, UnrestrictCase, type CaseTarget } from '@app/casework';
import { reasonField, tickedOf, type ActionContext, type ActionForm, type Choice } from './case-action-forms';
import type { Fields } from './form-fields';

const PEOPLE = 'people';
// contract.md: an auditor reads nothing that is restricted, so there is no sense in naming one.
const NEVER_NAMED = ['auditor'];

/** Forms that decide who sees a case, by the last part of the page's address. */
export const RESTRICTION_FORMS: Readonly<Record<string, ActionForm>> = {
  restrict: {
    action: 'restrict',
    title: 'Choose who may see this case',
    button: 'Restrict the case',
    notice: 'case-restricted',
    intro:
      'Nobody else will find it in a list, in a search or by its reference. Managers are no exception. Somebody with a conflict of interest does not see it, even if you name them.',
    fields: (context) => [
      {
        name: PEOPLE,
        label: 'Who may see it besides you?',
        hint: `You, ${context.caller.name}, always see a case that you restrict.`,
        kind: 'ticks',
        items: nameable(context),
        ticked: context.case.restriction?.people ?? (context.case.assignee === null ? [] : [context.case.assignee]),
        nothing: 'There is nobody else in the office to name.',
      },
      reasonField('Why must it be restricted?', 'Say why it must be restricted', 'The people named can read this.'),
    ],
    command: (target, values) => new RestrictCase(target, tickedOf(PEOPLE, values), values.reason ?? ''),
  },
  unrestrict: {
    action: 'unrestrict',
    title: 'Lift the restriction',
    button: 'Lift the restriction',
    notice: 'restriction-lifted',
    intro: 'Everybody in the office who sees cases will see this one again, but for those with a conflict of interest.',
    fields: () => [
      reasonField('Why can everybody see it again?', 'Say why everybody can see it again', 'Everybody can read this.'),
    ],
    command: (target, { reason = '' }) => new UnrestrictCase(target, reason),
  },
  'declare-conflict': {
    action: 'declare-conflict',
    title: 'Declare a conflict of interest',
    button: 'Declare the conflict',
    isWarning: true,
    notice: 'conflict-declared',
    warning:
      'Whoever has the conflict will not see this case any more. If that is you, it is gone for you at once. This cannot be taken back.',
    intro: 'If the case is allocated to that person, it goes back to its queue.',
    fields: ({ caller, readers }) => [
      {
        name: 'person',
        label: 'Who has the conflict?',
        kind: 'select',
        items: [
          { value: caller.id, text: `I have: ${caller.name}` },
          ...readers.filter(({ id }) => id !== caller.id).map(({ id, name }) => ({ value: id, text: name })),
        ],
        value: caller.id,
        required: 'Choose who has the conflict',
      },
      reasonField(
        'What is the conflict?',
        'Say what the conflict is',
        'For example “A neighbour of mine”. Those who still see the case can read this.',
      ),
    ],
    command: (target: CaseTarget, { person = '', reason = '' }: Fields) => new DeclareConflict(target, person, reason),
    hidesFrom: ({ person = '' }) => person,
  },
};

/** Who can be named besides the caller: people of the office, and whoever has the case or is named already. */
function nameable({ caller, readers, case: { assignee, restriction } }: ActionContext): Choice[] {
  const isBound = (id: string): boolean => id === assignee || restriction?.people.includes(id) === true;
  return readers
    .filter(({ id, role }) => id !== caller.id && (isBound(id) || !NEVER_NAMED.includes(role)))
    .map(({ id, name }) => ({
      value: id,
      text: name,
      ...(id === assignee ? { hint: 'Has this case, so must be among them' } : {}),
    }));
}
