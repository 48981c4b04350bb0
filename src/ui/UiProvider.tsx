import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import './base.css';
import { ToastRegion } from './ToastRegion.tsx';
import { cssVariables, theme } from './theme.ts';

export function UiProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      {children}
      <ToastRegion />
    </MantineProvider>
  );
}
