import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

interface Waiting {
  /** Stands in its place until it is there. */
  meanwhile?: ReactNode;
  /** Told when its file cannot be had, so that whoever asked for it can ask again. */
  missed?: () => void;
}

/**
 * A part whose file is loaded when it is shown first, or ahead by `load`. React's own `lazy` remembers a failure for ever, and
 * takes the page down with it, with all that was written there; here the page stays, and a notice says so (`missingParts.ts`).
 */
export function later<P extends object>(fetch: () => Promise<ComponentType<P>>) {
  let loaded: ComponentType<P> | undefined;
  const load = async () => {
    loaded = await fetch();
    return loaded;
  };
  function Later({ meanwhile, missed, ...props }: P & Waiting) {
    const [Part, setPart] = useState(() => loaded);
    // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked for once each time it is shown
    useEffect(() => {
      if (Part) return;
      let shown = true;
      load().then(
        (part) => shown && setPart(() => part),
        () => shown && missed?.(),
      );
      return () => {
        shown = false;
      };
    }, []);
    return Part ? <Part {...(props as unknown as P)} /> : meanwhile;
  }
  /** For when somebody points at what will show it; a failure shows itself when it is really needed. */
  Later.load = () => void load().catch(() => {});
  return Later;
}
