import { ComboboxChevron, Loader, TextInput } from '@mantine/core';
import { type ComponentType, useEffect, useRef, useState } from 'react';
import type { Begun } from '../../ui/form/PickRecord.tsx';
import { useTenantFocus } from '../../web/focus.ts';
import { useSession } from '../../web/session.tsx';
import { useText } from '../../web/text.ts';
import css from './TenantFocus.module.css';

/** Narrows lists to one tenant and presets new records with it; part of the address, and never more than the reach (R5.1). */
export function TenantFocus() {
  const { namesTenants } = useSession();
  const focus = useTenantFocus();
  if (!namesTenants) return null;
  return (
    <div className={css.focus} data-focused={focus ? true : undefined}>
      <Focus slug={focus} />
    </div>
  );
}

interface Loaded {
  FocusPick: ComponentType<{ begun: Begun | undefined }>;
  /** What was done to the field meanwhile; none when nobody was in it. */
  begun: Begun | undefined;
}

/**
 * The same field without its list of choices until somebody reaches for it: the list is a seventh of what the first page would load.
 * What was typed in the meantime goes along.
 */
function Focus({ slug }: { slug: string | undefined }) {
  const text = useText();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [waiting, wait] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const opened = useRef(false);
  const load = () =>
    void import('./FocusPick.tsx').then(
      ({ FocusPick }) => {
        const entered = document.activeElement === field.current;
        setLoaded({ FocusPick, begun: entered ? { text: field.current?.value, opened: opened.current } : undefined });
      },
      // A notice says so; the next reach asks again.
      () => wait(false),
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a focus is named by what is loaded
  useEffect(() => {
    if (slug) load();
  }, [slug]);
  if (loaded) return <loaded.FocusPick begun={loaded.begun} />;
  return (
    <TextInput
      ref={field}
      aria-label={text('tenant.focus')}
      aria-haspopup="listbox"
      aria-busy={waiting}
      autoComplete="off"
      placeholder={text('tenant.focus.all')}
      value={typed ?? slug ?? ''}
      onPointerEnter={load}
      onFocus={load}
      onMouseDown={() => {
        opened.current = true;
        wait(true);
      }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        opened.current = true;
        wait(true);
      }}
      rightSection={waiting ? <Loader size={16} /> : <ComboboxChevron />}
    />
  );
}
