import { useNavigate } from '@tanstack/react-router';
import { PickRecord } from '../../ui/form/PickRecord.tsx';
import { useSession } from '../../web/session.tsx';
import { useText } from '../../web/text.ts';
import { findTenants } from './choices.ts';
import { useFocusPick } from './focusPick.ts';
import css from './TenantFocus.module.css';

/** Narrows lists to one tenant and presets new records with it; part of the address, and never more than the reach (R5.1). */
export function TenantFocus() {
  const { namesTenants } = useSession();
  return namesTenants ? <FocusPick /> : null;
}

function FocusPick() {
  const text = useText();
  const navigate = useNavigate();
  const focus = useFocusPick();
  return (
    <div className={css.focus} data-focused={focus ? true : undefined}>
      <PickRecord
        label={text('tenant.focus')}
        labelHidden
        inPlace
        placeholder={text('tenant.focus.all')}
        kind="tenants"
        find={findTenants}
        value={focus}
        change={(picked) =>
          void navigate({ to: '.', search: ((before: object) => ({ ...before, tenant: picked?.value })) as never })
        }
      />
    </div>
  );
}
