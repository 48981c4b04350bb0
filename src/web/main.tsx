import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchMissingParts } from '../ui/missingParts.ts';
import { UiProvider } from '../ui/UiProvider.tsx';
import { LanguageProvider } from './LanguageProvider.tsx';
import { queryClient } from './queries.ts';
import { sendToSignIn } from './refused.ts';
import { router } from './router.tsx';

watchMissingParts();
sendToSignIn(router);

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <LanguageProvider>
      <UiProvider>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </UiProvider>
    </LanguageProvider>
  </StrictMode>,
);
