import { useNavigate } from '@tanstack/react-router';
import { type Begun, PickRecord } from '../../ui/form/PickRecord.tsx';
import { useText } from '../../web/text.ts';
import { findTenants } from './choices.ts';
import { useFocusPick } from './focusPick.ts';

/** What chooses the tenant in focus. */
export function FocusPick({ begun }: { begun: Begun | undefined }) {
  const text = useText();
  const navigate = useNavigate();
  return (
    <PickRecord
      label={text('tenant.focus')}
      labelHidden
      inPlace
      placeholder={text('tenant.focus.all')}
      kind="tenants"
      find={findTenants}
      value={useFocusPick()}
      change={(picked) =>
        void navigate({ to: '.', search: ((before: object) => ({ ...before, tenant: picked?.value })) as never })
      }
      begun={begun}
    />
  );
}
