import { Anchor, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';

interface Address {
  to: string;
  search?: Record<string, string | undefined>;
  hash?: string;
  replace?: boolean;
}

type LinkAttributes = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  ref?: Ref<HTMLAnchorElement>;
  children?: ReactNode;
};

/** `always` amid other words, where colour alone would tell it from them (WCAG 1.4.1). */
type Underlined = { underline?: 'always' };

const RoutedAnchor = createLink((props: LinkAttributes & Underlined) => (
  <Anchor underline="hover" {...props} fz="inherit" />
));
const RoutedButton = createLink((props: LinkAttributes & ButtonProps) => <Button component="a" {...props} />);
const RoutedPlain = createLink((props: LinkAttributes) => <a {...props} />);

// Pages come from a list, so their addresses are plain texts here; the journeys in `e2e/` walk them.

/** A link in running text or a table. */
export function Link(props: Address & LinkAttributes & Underlined) {
  return <RoutedAnchor {...(props as { to: string })} />;
}

/** A link that looks like a button: it leads somewhere, a button does something. */
export function LinkButton(props: Address & LinkAttributes & ButtonProps) {
  return <RoutedButton {...(props as { to: string })} />;
}

/** A link without any look of its own, for navigation and cards. */
export function PlainLink(props: Address & LinkAttributes & { activeOptions?: { exact?: boolean } }) {
  return <RoutedPlain {...(props as { to: string })} />;
}
