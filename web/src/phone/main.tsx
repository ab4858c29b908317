import '@/ui/plain/tokens.css';
import './phone.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from '@/lib/query';
import { applyTextSize } from '@/lib/textSize';
import { Phone } from './Phone';

applyTextSize();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={newQueryClient()}>
      <Phone />
    </QueryClientProvider>
  </StrictMode>,
);
