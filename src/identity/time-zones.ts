import { refuseIdentity } from './identity.refusals.ts';

/** @throws Refusal for what the runtime knows no zone by; instants are shown in the person's own. */
export function refuseUnknownTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    refuseIdentity('time-zone-unknown', { timeZone });
  }
}
