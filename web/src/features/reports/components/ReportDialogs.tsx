import { lazy, Suspense } from 'react';
import type { Report, Review } from '@/lib/types';
import type { ActionName } from './actions';

const ReasonDialog = lazy(() => import('./ReasonDialog'));
const AdoptDialog = lazy(() => import('./AdoptDialog'));
const CorrectionDialog = lazy(() => import('./CorrectionDialog'));
const HandOverDialog = lazy(() => import('./HandOverDialog'));
const MergeIntoDialog = lazy(() => import('./MergeIntoDialog'));
const ArrangeDialog = lazy(() => import('@/features/issues/components/ArrangeDialog'));
const ForwardDialog = lazy(() => import('@/features/forwardings/components/ForwardDialog'));
const SendDialog = lazy(() => import('@/features/reviews/components/SendDialog'));
const DecisionDialog = lazy(() => import('@/features/reviews/components/DecisionDialog'));

interface Props {
  report: Report;
  /** The review whose current step is the person's. */
  review?: Review;
  dialog?: ActionName;
  onClose: () => void;
  /** After the report was returned, kept or declined; left out, the dialog closes. */
  onDone?: () => void;
}

/** The dialog an action asks for. */
export function ReportDialogs({ report, review, dialog, onClose, onDone }: Props) {
  if (!dialog) return null;
  return (
    <Suspense>
      {(dialog === 'return' || dialog === 'keep' || dialog === 'decline') && <ReasonDialog id={report.id} purpose={dialog} onClose={onClose} onDone={onDone ?? onClose} />}
      {dialog === 'adopt' && <AdoptDialog report={report} onClose={onClose} />}
      {dialog === 'correct_adoption' && <CorrectionDialog id={report.id} onClose={onClose} />}
      {dialog === 'hand_over' && <HandOverDialog report={report} onClose={onClose} />}
      {dialog === 'merge_into' && <MergeIntoDialog report={report} onClose={onClose} />}
      {dialog === 'arrange' && <ArrangeDialog report={report} onClose={onClose} />}
      {dialog === 'forward' && <ForwardDialog report={report} onClose={onClose} />}
      {dialog === 'send_for_review' && <SendDialog report={report.id} onClose={onClose} />}
      {review && dialog === 'approve' && <DecisionDialog report={report} review={review} act="approve" onClose={onClose} />}
      {review && dialog === 'review_return' && <DecisionDialog report={report} review={review} act="return" onClose={onClose} />}
    </Suspense>
  );
}
