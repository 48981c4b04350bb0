import type { Pickable } from '../../../ui/form/PickRecord.tsx';
import { useSession } from '../../../web/session.tsx';

/** Whoever asks, as the endpoint names them. */
export function useOneself(): Pickable {
  const { me } = useSession();
  return { value: '@me', label: me.person.displayName };
}
