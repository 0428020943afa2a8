import { ALWAYS, Person, type ChangingAdministrator } from './person';

const by: ChangingAdministrator = {
  offices: ['west-mercia', 'warwickshire'],
  today: '2026-11-22',
  now: new Date('2026-11-22T10:00:00Z'),
};

function casey(): Person {
  const person = Person.add('p-1', by.now);
  person.giveRole({ role: 'caseworker', offices: ['west-mercia'], from: '2026-01-05' }, by);
  person.releaseEvents();
  return person;
}

describe('Person', () => {
  it('holds a role from its first day on', () => {
    const person = casey();
    expect(person.on('2026-01-04')).toEqual([]);
    expect(person.on('2026-01-05')).toMatchObject([{ role: 'caseworker', office: 'west-mercia' }]);
    expect(person.on('2099-01-01')).toHaveLength(1);
  });

  it('changes the role from a day on and keeps what was before', () => {
    const person = casey();
    person.giveRole(
      { role: 'manager', offices: ['warwickshire', 'west-mercia', 'warwickshire'], from: '2026-12-01' },
      by,
    );
    expect(person.on('2026-11-30')).toMatchObject([{ role: 'caseworker', to: '2026-11-30' }]);
    expect(person.on('2026-12-01')).toMatchObject([
      { role: 'manager', office: 'warwickshire' },
      { role: 'manager', office: 'west-mercia' },
    ]);
    expect(person.releaseEvents()).toMatchObject([
      {
        type: 'access.role-given',
        data: { personId: 'p-1', role: 'manager', offices: ['warwickshire', 'west-mercia'], from: '2026-12-01' },
      },
    ]);
  });

  it('replaces a change that has not begun', () => {
    const person = casey();
    person.giveRole({ role: 'manager', offices: ['west-mercia'], from: '2026-12-01' }, by);
    person.giveRole({ role: 'auditor', offices: ['west-mercia'], from: '2026-11-25' }, by);
    expect(person.held).toEqual([
      { role: 'caseworker', office: 'west-mercia', from: '2026-01-05', to: '2026-11-24' },
      { role: 'auditor', office: 'west-mercia', from: '2026-11-25', to: null },
    ]);
  });

  it('holds one role at most on any day, whatever is done', () => {
    const person = casey();
    for (const [role, from] of [
      ['manager', '2026-11-30'],
      ['auditor', '2026-11-22'],
      ['caseworker', '2027-02-01'],
      ['commissioner', '2026-12-31'],
    ] as const) {
      person.giveRole({ role, offices: ['west-mercia', 'warwickshire'], from }, by);
    }
    for (const day of ['2026-11-21', '2026-11-22', '2026-12-30', '2026-12-31', '2027-02-01']) {
      expect(new Set(person.on(day).map(({ role }) => role)).size).toBe(1);
    }
  });

  it('ends everything from a day on', () => {
    const person = casey();
    person.endRoles('2026-11-22', by);
    expect(person.on('2026-11-21')).toHaveLength(1);
    expect(person.on('2026-11-22')).toEqual([]);
    expect(person.releaseEvents()).toMatchObject([{ type: 'access.roles-ended', data: { from: '2026-11-22' } }]);
    person.endRoles('2026-11-23', by);
    expect(person.releaseEvents()).toEqual([]);
  });

  it('never changes who held what in the past', () => {
    const yesterday = '2026-11-21';
    expect(() => casey().giveRole({ role: 'manager', offices: ['west-mercia'], from: yesterday }, by)).toThrow('past');
    expect(() => casey().endRoles(yesterday, by)).toThrow('past');
  });

  it('is changed for one’s own offices only, both those that are given and those that end', () => {
    const other = { ...by, offices: ['warwickshire'] };
    expect(() => casey().giveRole({ role: 'manager', offices: ['warwickshire'], from: by.today }, other)).toThrow(
      'office that you do not administer',
    );
    expect(() => casey().endRoles(by.today, other)).toThrow('office that you do not administer');
    expect(() => casey().correct(['name'], other)).toThrow('office that you do not administer');
    const person = Person.add('p-2', by.now);
    expect(() => person.giveRole({ role: 'manager', offices: ['staffordshire'], from: ALWAYS }, by)).toThrow(
      'office that you do not administer',
    );
  });

  it.each([
    [{ role: 'service', offices: ['west-mercia'], from: '2026-12-01' }, '/role'],
    [{ role: 'root', offices: ['west-mercia'], from: '2026-12-01' }, '/role'],
    [{ role: 'manager', offices: [], from: '2026-12-01' }, '/offices'],
    [{ role: 'manager', offices: ['west-mercia'], from: '2026-02-30' }, '/from'],
  ])('refuses %j at %s', (wanted, pointer) => {
    expect(() => casey().giveRole(wanted, by)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer })] }) as Error,
    );
  });
});
