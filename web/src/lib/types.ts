/**
 * The shapes of the API, in the words of the domain, out of the description the program gives of itself (`npm run generate`).
 * Times are RFC 3339, months `2026-11`.
 */
import type { components, operations } from './schema.gen';

/** The generated components, by name. */
export type Schemas = components['schemas'];

export interface Page<T> {
  items: T[];
  next?: string;
}

export type Level = Schemas['LoginPlaceView']['level'];
/** The kinds of organisation; beside them there is the unit that runs the platform. */
export type TenantKind = Schemas['ForwardingsTargetOut']['kind'];
export type TenantRef = Schemas['LoginPlaceView'];
export type Account = Schemas['LoginAccountView'];
/** How far a permission reaches. The description has it as the value of a map, where it is any text. */
export type Scope = 'own' | 'unit' | 'tenant';
export type Me = Omit<Schemas['LoginMeView'], 'permissions'> & { permissions: Record<string, Scope> };

/** A report. In lists its text is left out for an excerpt. */
export type Report = Schemas['ReportsReportView'];
export type ReportState = Report['state'];
export type Urgency = Report['urgency'];
export type ReportClass = Report['class'];
export type Flag = Report['flags'][number];
/** What the unit asks of its texts. */
export type TextRules = Me['tenant']['settings'];
export type Attachment = Schemas['AttachmentsAttachment'];
export type Outcome = Schemas['ReportsReportOutcome'];
export type OutcomeKind = Outcome['kind'];
export type AdoptionForm = NonNullable<Outcome['form']>;
export type Box = NonNullable<NonNullable<operations['list-reports']['parameters']['query']>['box']>;
/** The four parts of a report's text. */
export type ReportText = Pick<Report, 'title' | 'problem' | 'cause' | 'advice'>;
export type TimelineEntry = Schemas['ReportsTimelineEntry'];
export type Version = Schemas['ReportsReportVersion'];
export type Category = Schemas['ReportsCategoryTopics'];
export type Reason = Schemas['ReportsDecisionReason'];

export type Review = Schemas['ReviewsReview'];
export type ReviewStep = Schemas['ReviewsReviewStep'];
export type Forwarding = Schemas['ForwardingsForwardingOut'];
export type ForwardingTarget = Schemas['ForwardingsTargetOut'];
export type Clue = Schemas['CluesClue'];
export type Notice = Schemas['NoticesItem'];
