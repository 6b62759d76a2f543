import 'reflect-metadata';
import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseOpened, casesRelated, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { caseRestricted } from '../../../../test/builders/access-events.js';
import { fold, given } from '../../../../test/builders/decide.js';
import { caseRelation, OTHER_CASE, unknown } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { CaseMergedInto } from '../merges/merge-case.js';
import { CaseUnmerged } from '../merges/unmerge-case.js';
import { CaseRestricted, restrictCase } from './restrict-case.js';
import { CaseUnrestricted, unrestrictCase } from './unrestrict-case.js';

describe('unrestrictCase where the history names another case', () => {
  const restricted = [...openCase, caseRestricted()];
  const opening = (isRestricted: boolean, ...events: DecidedEvent[]) => {
    const state = fold(caseAggregate, [caseOpened(), ...(isRestricted ? [caseRestricted()] : [])]);
    return given(caseAggregate, ...restricted, ...events).when(unrestrictCase, commands.unrestrictCase(), {
      needed: { [OTHER_CASE]: { revision: 0, state } },
    });
  };

  it('asks for all that it was ever related to or merged into', () => {
    const merged = event(CaseMergedInto, { intoCaseId: unknown, claim: 0 });
    const events = [
      casesRelated(),
      recordRetracted(caseRelation, 'caseRelation'),
      merged,
      event(CaseUnmerged, { intoCaseId: unknown }),
    ];
    const state = fold(caseAggregate, [...restricted, ...events]);
    const needed = unrestrictCase.needs!(commands.unrestrictCase(), {} as never, state);
    expect(Object.keys(needed).sort()).toEqual([OTHER_CASE, unknown].sort());
  });

  it('is refused while that one is restricted', () => {
    opening(true, casesRelated()).thenRefused('NAMES_RESTRICTED');
    opening(false, casesRelated()).then(event(CaseUnrestricted, { reason: commands.unrestrictCase().reason }));
  });
});

describe('restrictCase and unrestrictCase', () => {
  it('close the case to all but members, and open it again', () => {
    const { reason } = commands.restrictCase();
    given(caseAggregate, ...openCase)
      .when(restrictCase, commands.restrictCase())
      .then(event(CaseRestricted, { reason }));
    given(caseAggregate, ...openCase, caseRestricted())
      .when(unrestrictCase, commands.unrestrictCase({ reason }))
      .then(event(CaseUnrestricted, { reason }));
    given(caseAggregate, caseOpened({ restricted: true }))
      .when(unrestrictCase, commands.unrestrictCase({ reason }))
      .then(event(CaseUnrestricted, { reason }));
  });

  it('refuse what is so already', () => {
    given(caseAggregate, ...openCase, caseRestricted())
      .when(restrictCase, commands.restrictCase())
      .thenRefused('ALREADY_RESTRICTED');
    given(caseAggregate, ...openCase)
      .when(unrestrictCase, commands.unrestrictCase())
      .thenRefused('NOT_RESTRICTED');
  });
});
