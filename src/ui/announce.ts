import { type RefObject, useEffect, useRef } from 'react';

let shownBefore = false;
let siteName = '';

/** Names the tabs of the browser after the organization, or after the product (R10.1). */
export function setSiteName(name: string): void {
  siteName = name;
}

/** The document's title, and the focus on the page's heading after a navigation, so that the page is announced. */
export function useAnnounced(title: string, isPage = true): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isPage) return;
    // Not at the first page: the browser announces that one itself. Nor when a field already asked for the focus.
    if (shownBefore && !document.activeElement?.matches('input, textarea, select')) {
      heading.current?.focus({ preventScroll: true });
    }
    shownBefore = true;
  }, [isPage]);
  useEffect(() => {
    if (isPage) document.title = siteName && siteName !== title ? `${title} · ${siteName}` : title;
  }, [title, isPage]);
  return heading;
}
