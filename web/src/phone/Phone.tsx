import { lazy, Suspense, useEffect, type ComponentType, type ReactNode } from 'react';
import { ChunkBoundary } from '@/ui/plain/ChunkBoundary';
import { PageSkeleton } from '@/ui/plain/states';
import { Gate } from './frame/Gate';
import { match, Redirect, usePlace } from './frame/router';
import { HomePage } from './home/HomePage';

/** A page that comes when it is first wanted, or ahead of it. */
function later(load: () => Promise<ComponentType<never>>) {
  const Page = lazy(() => load().then((page) => ({ default: page as ComponentType<{ id: string }> })));
  return { load, show: (id: string) => <Page key={id} id={id} /> };
}

const loginPage = later(() => import('./account/LoginPage').then((part) => part.LoginPage));
const chooserPage = later(() => import('./account/ChooserPage').then((part) => part.ChooserPage));
const newPage = later(() => import('./write/WritePage').then((part) => part.NewPage));
const editPage = later(() => import('./write/WritePage').then((part) => part.EditPage));
const reportPage = later(() => import('./report/ReportPage').then((part) => part.ReportPage));
const readingPage = later(() => import('./review/ReadingPage').then((part) => part.ReadingPage));
const reviewPage = later(() => import('./review/ReviewPage').then((part) => part.ReviewPage));
const delegationPage = later(() => import('./review/DelegationPage').then((part) => part.DelegationPage));
const noticesPage = later(() => import('./notices/NoticesPage').then((part) => part.NoticesPage));
const minePage = later(() => import('./account/MinePage').then((part) => part.MinePage));
const calendarPage = later(() => import('./intake/CalendarPage').then((part) => part.CalendarPage));
const activityPage = later(() => import('./intake/CalendarPage').then((part) => part.ActivityPage));
const cluesPage = later(() => import('./intake/CluesPage').then((part) => part.CluesPage));
const cluePage = later(() => import('./intake/CluesPage').then((part) => part.CluePage));
const newCluePage = later(() => import('./intake/CluesPage').then((part) => part.NewCluePage));
const tasksPage = later(() => import('./consult/TasksPage').then((part) => part.TasksPage));
const checkPage = later(() => import('./consult/CheckPage').then((part) => part.CheckPage));
const sheetPage = later(() => import('./consult/SheetPage').then((part) => part.SheetPage));

/** The pages inside a unit, below /t/:tenant. The first that fits is shown. */
const pages: [string, (id: string) => ReactNode][] = [
  ['', () => <HomePage />],
  ['/reports/new', newPage.show],
  ['/reports/:id', reportPage.show],
  ['/reports/:id/edit', editPage.show],
  ['/review', reviewPage.show],
  ['/review/:id', readingPage.show],
  ['/delegations', delegationPage.show],
  ['/notices', noticesPage.show],
  ['/mine', minePage.show],
  ['/calendar', calendarPage.show],
  ['/calendar/:id', activityPage.show],
  ['/clues', cluesPage.show],
  ['/clues/new', newCluePage.show],
  ['/clues/:id', cluePage.show],
  ['/consultations', tasksPage.show],
  ['/consultations/:id', sheetPage.show],
  ['/checks/:id', checkPage.show],
];

function page(path: string): ReactNode {
  if (path === '/login') return loginPage.show('');
  if (path === '/') return chooserPage.show('');
  for (const [pattern, show] of pages) {
    const found = match(`/t/:tenant${pattern}`, path);
    if (found) return <Gate key={found.tenant} tenant={found.tenant!}>{show(found.id ?? '')}</Gate>;
  }
  return <Redirect to="/" />;
}

/** Fetches the other pages while the first is being read, so that a bad connection is met only at the start. */
function fetchAhead() {
  const timer = setTimeout(() => {
    for (const { load } of [newPage, reportPage, noticesPage, reviewPage, readingPage, minePage]) load().catch(() => undefined);
  }, 400);
  return () => clearTimeout(timer);
}

/** The phone: every address below /m. */
export function Phone() {
  const { path } = usePlace();
  useEffect(fetchAhead, []);
  return (
    <ChunkBoundary>
      <Suspense fallback={<PageSkeleton />}>{page(path)}</Suspense>
    </ChunkBoundary>
  );
}
