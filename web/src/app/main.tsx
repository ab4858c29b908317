import '@/ui/plain/tokens.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { applyTextSize } from '@/lib/textSize';
import { newQueryClient } from '@/lib/query';
import { Desk } from './desk';

applyTextSize();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={newQueryClient()}>
      <Desk />
    </QueryClientProvider>
  </StrictMode>,
);
