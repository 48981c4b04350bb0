import { useState } from 'react';

/** What stands behind `#` in a one-time address: browsers send it to no server, so it is in nobody's log. */
export function useSecret(): string {
  const [secret] = useState(() => decodeURIComponent(location.hash.slice(1)));
  return secret;
}

export const deviceTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
