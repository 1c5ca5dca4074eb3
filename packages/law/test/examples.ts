import type { DueQuestion } from '../src/model/due.ts';
import type { ClockEvent } from '../src/model/clock-event.ts';
import { day } from './day.ts';

/** A rule, what is asked, and the days that follow from it, each with its weekday. */
export type Example = readonly [rule: string, question: Omit<DueQuestion, 'id'>, received: string, due: string, planned: string, more?: { extended?: string; acknowledge?: string }];

const event = (type: ClockEvent['type'], at: string, until?: string): ClockEvent => ({ type, at: day(at), ...(until && { until: day(until) }) });
const extended = (at: string, until?: string) => [event('extended', at, until)];
const answered = (what: 'identity' | 'clarification', asked: string, came: string) => (what === 'identity'
  ? [event('identityRequested', asked), event('identityVerified', came)]
  : [event('clarificationRequested', asked), event('clarificationReceived', came)]);

/** Worked examples by law; every law has some. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  'gdpr': [
    ['ends on the day of the same number; extended to three months from receipt',
      { law: 'gdpr', country: 'DE', receivedAt: '2026-07-14T09:00:00+02:00', events: extended('Mon 10 Aug 2026') }, 'Tue 14 Jul 2026', 'Fri 14 Aug 2026', 'Fri 14 Aug 2026', { extended: 'Wed 14 Oct 2026' }],
    ['moves from a Saturday to the Monday, and counts an extension anew from receipt',
      { law: 'gdpr', country: 'BE', receivedAt: '2025-12-31T17:00:00+01:00', events: extended('Fri 30 Jan 2026') }, 'Wed 31 Dec 2025', 'Mon 2 Feb 2026', 'Sat 31 Jan 2026', { extended: 'Tue 31 Mar 2026' }],
    ['moves an extended date over a Saturday and All Saints’ Day',
      { law: 'gdpr', country: 'FR', receivedAt: '2026-07-31T10:00:00+02:00', events: extended('Fri 28 Aug 2026') }, 'Fri 31 Jul 2026', 'Mon 31 Aug 2026', 'Mon 31 Aug 2026', { extended: 'Mon 2 Nov 2026' }],
    ['counts from the day in Vienna, not in UTC',
      { law: 'gdpr', country: 'AT', receivedAt: '2026-07-15T23:30:00Z' }, 'Thu 16 Jul 2026', 'Mon 17 Aug 2026', 'Sun 16 Aug 2026'],
    ['adds the seven days on which identity was open',
      { law: 'gdpr', country: 'NL', receivedAt: '2026-09-01T10:00:00+02:00', events: answered('identity', 'Wed 2 Sep 2026', 'Wed 9 Sep 2026') }, 'Tue 1 Sep 2026', 'Thu 8 Oct 2026', 'Thu 1 Oct 2026'],
  ],
  'uk-gdpr': [
    ['moves from a Saturday to the Monday; extended to three months',
      { law: 'uk-gdpr', country: 'GB', region: 'ENG', receivedAt: '2026-04-30T10:00:00+01:00', events: extended('Thu 28 May 2026') }, 'Thu 30 Apr 2026', 'Mon 1 Jun 2026', 'Fri 29 May 2026', { extended: 'Thu 30 Jul 2026' }],
    ['leaves out the days of a clarification, both ends included',
      { law: 'uk-gdpr', country: 'GB', region: 'ENG', receivedAt: '2026-10-05T10:00:00+01:00', events: answered('clarification', 'Wed 7 Oct 2026', 'Wed 14 Oct 2026') }, 'Mon 5 Oct 2026', 'Fri 13 Nov 2026', 'Wed 11 Nov 2026'],
    ['begins when the proof of identity came',
      { law: 'uk-gdpr', country: 'GB', region: 'ENG', receivedAt: '2026-11-10T10:00:00+00:00', events: [...answered('identity', 'Tue 10 Nov 2026', 'Tue 17 Nov 2026'), ...extended('Thu 10 Dec 2026')] }, 'Tue 10 Nov 2026', 'Thu 17 Dec 2026', 'Wed 16 Dec 2026', { extended: 'Wed 17 Feb 2027' }],
    ['knows the substitute holiday of Northern Ireland',
      { law: 'uk-gdpr', country: 'GB', region: 'GB-NIR', receivedAt: '2026-06-12T10:00:00+01:00' }, 'Fri 12 Jun 2026', 'Tue 14 Jul 2026', 'Sat 11 Jul 2026'],
    ['does not stop for a clarification of portability',
      { law: 'uk-gdpr', country: 'GB', region: 'ENG', right: 'portability', receivedAt: '2026-10-05T10:00:00+01:00', events: answered('clarification', 'Wed 7 Oct 2026', 'Wed 14 Oct 2026') }, 'Mon 5 Oct 2026', 'Thu 5 Nov 2026', 'Wed 4 Nov 2026'],
  ],
  'appi': [
    ['takes two weeks from arrival', { law: 'appi', country: 'JP', receivedAt: '2026-06-01T10:00:00+09:00' }, 'Mon 1 Jun 2026', 'Mon 15 Jun 2026', 'Mon 15 Jun 2026'],
    ['counts from the day in Tokyo', { law: 'pipa', country: 'JP', receivedAt: '2026-04-30T16:00:00Z' }, 'Fri 1 May 2026', 'Fri 15 May 2026', 'Fri 15 May 2026'],
    ['is not moved by holidays', { law: 'appi', country: 'JP', receivedAt: '2026-09-09T10:00:00+09:00' }, 'Wed 9 Sep 2026', 'Wed 23 Sep 2026', 'Wed 23 Sep 2026'],
  ],
  'privacy-act-au': [
    ['ends on a Sunday for an organisation', { law: 'privacy-act-au', country: 'AU', region: 'NSW', entity: 'organisation', receivedAt: '2026-05-15T10:00:00+10:00' }, 'Fri 15 May 2026', 'Sun 14 Jun 2026', 'Sun 14 Jun 2026'],
    ['moves to the Monday for an agency', { law: 'privacy-act-au', country: 'AU', region: 'NSW', entity: 'agency', receivedAt: '2026-05-15T10:00:00+10:00' }, 'Fri 15 May 2026', 'Mon 15 Jun 2026', 'Sun 14 Jun 2026'],
    ['knows Reconciliation Day in the capital', { law: 'privacy-act-au', country: 'AU', region: 'ACT', entity: 'agency', receivedAt: '2026-05-02T10:00:00+10:00' }, 'Sat 2 May 2026', 'Tue 2 Jun 2026', 'Mon 1 Jun 2026'],
  ],
  'pipeda': [
    ['ends on a Saturday, and moves an extended date from a Sunday', { law: 'pipeda', country: 'CA', region: 'ON', receivedAt: '2026-01-15T10:00:00-05:00', events: extended('Tue 10 Feb 2026') }, 'Thu 15 Jan 2026', 'Sat 14 Feb 2026', 'Sat 14 Feb 2026', { extended: 'Mon 16 Mar 2026' }],
    ['moves from Labour Day', { law: 'pipeda', country: 'CA', region: 'MB', receivedAt: '2026-08-08T10:00:00-05:00' }, 'Sat 8 Aug 2026', 'Tue 8 Sep 2026', 'Mon 7 Sep 2026'],
    ['has Victoria Day before 25 May', { law: 'pipeda', country: 'CA', region: 'ON', receivedAt: '2026-04-25T10:00:00-04:00' }, 'Sat 25 Apr 2026', 'Mon 25 May 2026', 'Mon 25 May 2026'],
    ['counts from the day in Vancouver, and moves from Canada Day', { law: 'pipeda', country: 'CA', region: 'BC', receivedAt: '2026-06-02T05:30:00Z' }, 'Mon 1 Jun 2026', 'Thu 2 Jul 2026', 'Wed 1 Jul 2026'],
  ],
  'quebec-law-25': [
    ['moves from Canada Day', { law: 'quebec-law-25', country: 'CA', region: 'QC', receivedAt: '2026-06-01T10:00:00-04:00' }, 'Mon 1 Jun 2026', 'Thu 2 Jul 2026', 'Wed 1 Jul 2026'],
    ['moves from the second Monday of October', { country: 'CA', region: 'QC', receivedAt: '2026-09-12T10:00:00-04:00' }, 'Sat 12 Sep 2026', 'Tue 13 Oct 2026', 'Mon 12 Oct 2026'],
    ['ends on a Saturday', { country: 'CA', region: 'CA-QC', receivedAt: '2026-10-08T10:00:00-04:00' }, 'Thu 8 Oct 2026', 'Sat 7 Nov 2026', 'Sat 7 Nov 2026'],
  ],
  'ccpa': [
    ['gives 45 days, 90 extended, and ten business days to acknowledge', { law: 'ccpa', country: 'US', region: 'CA', receivedAt: '2026-06-01T10:00:00-07:00', events: extended('Wed 1 Jul 2026') }, 'Mon 1 Jun 2026', 'Thu 16 Jul 2026', 'Wed 15 Jul 2026', { extended: 'Sun 30 Aug 2026', acknowledge: 'Mon 15 Jun 2026' }],
    ['crosses the year, and counts Thanksgiving as a business day', { law: 'ccpa', country: 'US', region: 'CA', receivedAt: '2026-11-20T10:00:00-08:00' }, 'Fri 20 Nov 2026', 'Mon 4 Jan 2027', 'Sun 3 Jan 2027', { acknowledge: 'Fri 4 Dec 2026' }],
    ['never stops for verification', { country: 'US', region: 'CA', receivedAt: '2026-08-03T10:00:00-07:00', events: answered('identity', 'Tue 4 Aug 2026', 'Sun 23 Aug 2026') }, 'Mon 3 Aug 2026', 'Thu 17 Sep 2026', 'Wed 16 Sep 2026', { acknowledge: 'Mon 17 Aug 2026' }],
  ],
  'us-state': [
    ['Virginia gives 45 and 45 days', { law: 'us-state', country: 'US', region: 'VA', receivedAt: '2026-09-01T10:00:00-04:00', events: extended('Sat 10 Oct 2026') }, 'Tue 1 Sep 2026', 'Fri 16 Oct 2026', 'Fri 16 Oct 2026', { extended: 'Mon 30 Nov 2026' }],
    ['Iowa gives 90 and 45 days', { country: 'US', region: 'IA', receivedAt: '2026-09-01T10:00:00-05:00', events: extended('Fri 20 Nov 2026') }, 'Tue 1 Sep 2026', 'Mon 30 Nov 2026', 'Mon 30 Nov 2026', { extended: 'Thu 14 Jan 2027' }],
    ['Florida gives 45 and 15 days', { country: 'US', region: 'FL', receivedAt: '2026-09-01T10:00:00-04:00', events: extended('Sat 10 Oct 2026') }, 'Tue 1 Sep 2026', 'Fri 16 Oct 2026', 'Fri 16 Oct 2026', { extended: 'Sat 31 Oct 2026' }],
  ],
  'lgpd': [
    ['gives 15 days', { law: 'lgpd', country: 'BR', receivedAt: '2026-10-05T10:00:00-03:00' }, 'Mon 5 Oct 2026', 'Tue 20 Oct 2026', 'Tue 20 Oct 2026'],
    ['is not moved by Finados', { law: 'lgpd', country: 'BR', receivedAt: '2026-10-18T10:00:00-03:00' }, 'Sun 18 Oct 2026', 'Mon 2 Nov 2026', 'Mon 2 Nov 2026'],
    ['counts from the day in Brasília', { country: 'BR', receivedAt: '2026-06-30T02:00:00Z' }, 'Mon 29 Jun 2026', 'Tue 14 Jul 2026', 'Tue 14 Jul 2026'],
  ],
  'pipa-kr': [
    ['moves from a substitute holiday', { law: 'pipa-kr', country: 'KR', receivedAt: '2026-05-15T10:00:00+09:00' }, 'Fri 15 May 2026', 'Tue 26 May 2026', 'Mon 25 May 2026'],
    ['gives ten days', { law: 'pipa', country: 'KR', receivedAt: '2026-06-01T10:00:00+09:00' }, 'Mon 1 Jun 2026', 'Thu 11 Jun 2026', 'Thu 11 Jun 2026'],
    ['moves from Liberation Day over a Sunday and its substitute', { country: 'KR', receivedAt: '2026-08-05T10:00:00+09:00' }, 'Wed 5 Aug 2026', 'Tue 18 Aug 2026', 'Sat 15 Aug 2026'],
  ],
  'fadp': [
    ['moves from Christmas over the weekend, for 26 December is cantonal', { law: 'fadp', country: 'CH', receivedAt: '2026-11-25T10:00:00+01:00' }, 'Wed 25 Nov 2026', 'Mon 28 Dec 2026', 'Fri 25 Dec 2026'],
    ['gives thirty days', { law: 'fadp', country: 'CH', receivedAt: '2026-03-02T10:00:00+01:00' }, 'Mon 2 Mar 2026', 'Wed 1 Apr 2026', 'Wed 1 Apr 2026'],
    ['takes the day that the controller names', { country: 'CH', receivedAt: '2026-06-11T10:00:00+02:00', events: extended('Wed 8 Jul 2026', 'Mon 31 Aug 2026') }, 'Thu 11 Jun 2026', 'Mon 13 Jul 2026', 'Sat 11 Jul 2026', { extended: 'Mon 31 Aug 2026' }],
  ],
  'privacy-act-nz': [
    ['leaves out Easter', { law: 'privacy-act-nz', country: 'NZ', receivedAt: '2026-03-16T10:00:00+13:00' }, 'Mon 16 Mar 2026', 'Wed 15 Apr 2026', 'Wed 15 Apr 2026'],
    ['leaves out the break, and the Monday after Waitangi Day', { law: 'privacy-act-nz', country: 'NZ', receivedAt: '2026-12-23T10:00:00+13:00' }, 'Wed 23 Dec 2026', 'Fri 12 Feb 2027', 'Fri 12 Feb 2027'],
    ['leaves out the Monday after Anzac Day', { country: 'NZ', receivedAt: '2026-04-10T10:00:00+12:00' }, 'Fri 10 Apr 2026', 'Mon 11 May 2026', 'Mon 11 May 2026'],
  ],
  'popia': [
    ['moves from Freedom Day', { law: 'popia', country: 'ZA', receivedAt: '2026-03-28T10:00:00+02:00' }, 'Sat 28 Mar 2026', 'Tue 28 Apr 2026', 'Mon 27 Apr 2026'],
    ['moves from a Sunday; extended to sixty days', { law: 'popia', country: 'ZA', receivedAt: '2026-10-09T10:00:00+02:00', events: extended('Tue 3 Nov 2026') }, 'Fri 9 Oct 2026', 'Mon 9 Nov 2026', 'Sun 8 Nov 2026', { extended: 'Tue 8 Dec 2026' }],
    ['ends on a Saturday', { country: 'ZA', receivedAt: '2026-05-07T10:00:00+02:00' }, 'Thu 7 May 2026', 'Sat 6 Jun 2026', 'Sat 6 Jun 2026'],
  ],
  'pdpa-sg': [
    ['gives thirty days', { law: 'pdpa-sg', country: 'SG', receivedAt: '2026-03-02T10:00:00+08:00' }, 'Mon 2 Mar 2026', 'Wed 1 Apr 2026', 'Tue 31 Mar 2026'],
    ['takes the day that the applicant was told', { law: 'pdpa-sg', country: 'SG', receivedAt: '2026-11-10T10:00:00+08:00', events: extended('Tue 8 Dec 2026', 'Fri 15 Jan 2027') }, 'Tue 10 Nov 2026', 'Thu 10 Dec 2026', 'Wed 9 Dec 2026', { extended: 'Fri 15 Jan 2027' }],
    ['counts from the day in Singapore', { country: 'SG', receivedAt: '2026-07-31T17:00:00Z' }, 'Sat 1 Aug 2026', 'Mon 31 Aug 2026', 'Sun 30 Aug 2026'],
  ],
};
