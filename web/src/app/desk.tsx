import { lazy, Suspense, useEffect } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { PageHead } from '@/ui/Page';
import { ChunkBoundary } from '@/ui/plain/ChunkBoundary';
import { EmptyState, PageSkeleton } from '@/ui/plain/states';

const loadShell = () => import('./shell/Shell');
const loadWork = () => import('@/features/work/components/WorkPage');
const loadList = () => import('@/features/reports/components/ReportListPage');
const loadReport = () => import('@/features/reports/components/ReportPage');

const Login = lazy(() => import('@/features/session/components/LoginPage'));
const Chooser = lazy(() => import('@/features/session/components/ChooserPage'));
const Shell = lazy(loadShell);
const Work = lazy(loadWork);
const ReportList = lazy(loadList);
const ReportEdit = lazy(() => import('@/features/reports/components/ReportEditPage'));
const Report = lazy(loadReport);
const Versions = lazy(() => import('@/features/reports/components/VersionsPage'));
const Split = lazy(() => import('@/features/reports/components/SplitPage'));
const Ledger = lazy(() => import('@/features/ledger/components/LedgerPage'));
const Combine = lazy(() => import('@/features/combinations/components/CombinePage'));
const Issues = lazy(() => import('@/features/issues/components/IssuesPage'));
const Issue = lazy(() => import('@/features/issues/components/IssuePage'));
const Clues = lazy(() => import('@/features/clues/components/CluesPage'));
const Imports = lazy(() => import('@/features/imports/components/ImportsPage'));
const Materials = lazy(() => import('@/features/clues/components/MaterialsPage'));
const Proposals = lazy(() => import('@/features/proposals/components/ProposalsPage'));
const Visits = lazy(() => import('@/features/visits/components/VisitsPage'));
const Calendar = lazy(() => import('@/features/activities/components/CalendarPage'));
const Points = lazy(() => import('@/features/points/components/PointsPage'));
const Notices = lazy(() => import('@/features/notices/components/NoticesPage'));
const NoticeWays = lazy(() => import('@/features/notices/components/WaysPage'));
const Untold = lazy(() => import('@/features/feedback/components/UntoldPage'));
const Meetings = lazy(() => import('@/features/meetings/components/MeetingsPage'));
const Meeting = lazy(() => import('@/features/meetings/components/MeetingPage'));
const UnitBoard = lazy(() => import('@/features/boards/components/UnitBoardPage'));
const TreeBoard = lazy(() => import('@/features/boards/components/TreeBoardPage'));
const Organisation = lazy(() => import('@/features/organisation/components/OrganisationPage'));
const Members = lazy(() => import('@/features/members/components/MembersPage'));
const Roles = lazy(() => import('@/features/roles/components/RolesPage'));
const Chains = lazy(() => import('@/features/chains/components/ChainsPage'));
const Triage = lazy(() => import('@/features/quality/components/TriagePage'));
const Settings = lazy(() => import('@/features/settings/components/SettingsPage'));
const Compare = lazy(() => import('@/features/similarity/components/ComparePage'));
const Search = lazy(() => import('@/features/search/components/SearchPage'));
const Supervision = lazy(() => import('@/features/handling/components/SupervisionPage'));
const MyConsultations = lazy(() => import('@/features/consultations/components/TasksPage'));
const Experts = lazy(() => import('@/features/experts/components/ExpertsPage'));
const Delegations = lazy(() => import('@/features/reviews/components/DelegationsPage'));
const Audit = lazy(() => import('@/features/audit/components/AuditPage'));
const Tenants = lazy(() => import('@/features/operator/components/TenantsPage'));
const Lines = lazy(() => import('@/features/operator/components/LinesPage'));

function Nowhere() {
  return (
    <>
      <PageHead title="没有这个页面" />
      <EmptyState title="地址可能有误" hint="请从左侧菜单进入。" />
    </>
  );
}

/** The pages inside a unit, below /t/:tenant. */
function tenantRoutes() {
  return (
    <Route path="/t/:tenant" element={<Shell />}>
      <Route index element={<Work />} />
      {(['mine', 'inbox', 'desk', 'review', 'ready', 'signed', 'all', 'shared'] as const).map((box) => (
        <Route key={box} path={box} element={<ReportList key={box} box={box} />} />
      ))}
      <Route path="reports/new" element={<ReportEdit />} />
      <Route path="reports/:id" element={<Report />} />
      <Route path="reports/:id/edit" element={<ReportEdit />} />
      <Route path="screen" element={<Triage />} />
      <Route path="combine" element={<Combine />} />
      <Route path="issues" element={<Issues />} />
      <Route path="issues/:id" element={<Issue />} />
      <Route path="reports/:id/versions" element={<Versions />} />
      <Route path="reports/:id/split" element={<Split />} />
      <Route path="ledger" element={<Ledger />} />
      <Route path="imports" element={<Imports />} />
      <Route path="clues" element={<Clues />} />
      <Route path="materials" element={<Materials />} />
      <Route path="proposals" element={<Proposals />} />
      <Route path="supervision" element={<Supervision />} />
      <Route path="consultations" element={<MyConsultations />} />
      <Route path="experts" element={<Experts />} />
      <Route path="visits" element={<Visits />} />
      <Route path="calendar" element={<Calendar />} />
      <Route path="points" element={<Points />} />
      <Route path="notices" element={<Notices />} />
      <Route path="notices/ways" element={<NoticeWays />} />
      <Route path="feedback" element={<Untold />} />
      <Route path="meetings" element={<Meetings />} />
      <Route path="meetings/:id" element={<Meeting />} />
      <Route path="boards/unit" element={<UnitBoard />} />
      <Route path="boards/tree" element={<TreeBoard />} />
      <Route path="organisation" element={<Organisation />} />
      <Route path="members" element={<Members />} />
      <Route path="roles" element={<Roles />} />
      <Route path="chains" element={<Chains />} />
      <Route path="delegations" element={<Delegations />} />
      <Route path="settings" element={<Settings />} />
      <Route path="reports/:id/similar/:other" element={<Compare />} />
      <Route path="search" element={<Search />} />
      <Route path="audit" element={<Audit />} />
      <Route path="platform/tenants" element={<Tenants />} />
      <Route path="platform/lines" element={<Lines />} />
      <Route path="*" element={<Nowhere />} />
    </Route>
  );
}

/** Fetches the parts nearly everybody opens next while the page is idle: the login page is then not a waiting room. */
function fetchAhead() {
  const timer = setTimeout(() => {
    for (const load of [loadShell, loadWork, loadList, loadReport]) load().catch(() => undefined);
  }, 400);
  return () => clearTimeout(timer);
}

/** The desk: every address of the console for large screens. */
export function Desk() {
  useEffect(fetchAhead, []);
  return (
    <BrowserRouter>
      <ChunkBoundary>
        <Suspense fallback={<PageSkeleton />}>
          <Routes>
            <Route path="/login" element={<Login />} />
            <Route path="/" element={<Chooser />} />
            {tenantRoutes()}
            <Route path="*" element={<Navigate to="/" replace />} />
          </Routes>
        </Suspense>
      </ChunkBoundary>
    </BrowserRouter>
  );
}
