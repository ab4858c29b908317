import '@/ui/plain/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { PageSkeleton } from '@/ui/plain/states';

createRoot(document.getElementById('root')!).render(<StrictMode><PageSkeleton /></StrictMode>);
