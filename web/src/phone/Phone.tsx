import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { ChunkBoundary } from '@/ui/plain/ChunkBoundary';
import { ChooserPage } from './account/ChooserPage';
import { LoginPage } from './account/LoginPage';
import { MinePage } from './account/MinePage';
import { Gate } from './frame/Gate';
import { HomePage } from './home/HomePage';
import { NoticesPage } from './notices/NoticesPage';
import { ReportPage } from './report/ReportPage';
import { ReadingPage } from './review/ReadingPage';
import { ReviewPage } from './review/ReviewPage';
import { EditPage, NewPage } from './write/WritePage';

/** The phone: every address below /m. All of it comes at once, so that a bad connection is met only at the start. */
export function Phone() {
  return (
    <BrowserRouter basename="/m">
      <ChunkBoundary>
        <Routes>
          <Route path="/login" element={<LoginPage />} />
          <Route path="/" element={<ChooserPage />} />
          <Route path="/t/:tenant" element={<Gate />}>
            <Route index element={<HomePage />} />
            <Route path="reports/new" element={<NewPage />} />
            <Route path="reports/:id" element={<ReportPage />} />
            <Route path="reports/:id/edit" element={<EditPage />} />
            <Route path="review" element={<ReviewPage />} />
            <Route path="review/:id" element={<ReadingPage />} />
            <Route path="notices" element={<NoticesPage />} />
            <Route path="mine" element={<MinePage />} />
            <Route path="*" element={<Navigate to="." replace />} />
          </Route>
          <Route path="*" element={<Navigate to="/" replace />} />
        </Routes>
      </ChunkBoundary>
    </BrowserRouter>
  );
}
