import { ASSIGNED, type LicenseFields } from '../../../shared/model/license.ts';

/** What the user templates of the demo accounts give, by name. */
export const TEMPLATE_LICENSES: Readonly<Record<string, LicenseFields>> = {
  'Desk Phone': { mitelOne: 'ESSENTIAL', miteamMeetings: '' },
  'Mobile Worker': { mitelOne: 'PREMIER', miteamMeetings: ASSIGNED },
};
