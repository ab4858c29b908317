/** The shapes of the API, in the words of the domain. Times are RFC 3339, months `2026-11`. */

export type Level = 'county' | 'city' | 'province' | 'national';
export type TenantKind = 'cppcc' | 'party' | 'federation' | 'group' | 'front' | 'office' | 'department';

export interface Page<T> {
  items: T[];
  next?: string;
}

export interface TenantRef {
  code: string;
  name: string;
  short_name: string;
  kind: TenantKind;
  level: Level;
  /** What the person is in this unit. */
  title?: string;
}

export interface Account {
  person: { id: string; name: string; login: string };
  tenants: TenantRef[];
}

export type Scope = 'own' | 'unit' | 'tenant';

export interface Me {
  person: { id: string; name: string; login: string };
  membership: { id: string; name: string; title: string; post: string; unit_id?: string; class: string };
  tenant: TenantRef & {
    party?: string;
    journal?: string;
    settings: { terms?: Record<string, string>; draft_limit?: number; issued_limit?: number };
  };
  roles: { code: string; name: string }[];
  permissions: Record<string, Scope>;
  tenants: TenantRef[];
  unread: number;
}

export type ReportState =
  | 'draft' | 'submitted' | 'taken_up' | 'editing' | 'returned' | 'kept' | 'declined' | 'merged' | 'reviewing' | 'signed' | 'recalled';
export type Urgency = 'normal' | 'urgent' | 'critical';
export type ReportClass = 'ordinary' | 'important';
export type Flag = 'sensitive' | 'hot' | 'warning';
export type AdoptionForm = 'single' | 'combined' | 'relayed';
export type OutcomeKind = 'adopted' | 'kept' | 'declined' | 'returned' | 'forwarded' | 'taken_up';
export type Box = 'mine' | 'inbox' | 'desk' | 'review' | 'ready' | 'signed' | 'all';

export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
  digest?: string;
}

export interface Outcome {
  tenant: string;
  name: string;
  level: Level;
  kind: OutcomeKind;
  form?: AdoptionForm;
  occurred_at: string;
}

/** The four parts of a report's text. */
export interface ReportText {
  title: string;
  problem: string;
  cause: string;
  advice: string;
}

/** A report as it stands in a list: without its text, with an excerpt. */
export interface ReportItem {
  id: string;
  number?: string;
  title: string;
  excerpt?: string;
  category: string;
  topic?: string;
  urgency: Urgency;
  class: ReportClass;
  flags?: Flag[];
  mode?: string;
  channel?: string;
  source_kind?: string;
  state: ReportState;
  version: number;
  created_at: string;
  submitted_at?: string;
  updated_at: string;
  author?: { membership_id: string; name: string; title: string };
  origin?: { tenant: string; name: string; level: Level };
  sources?: { report_id: string; title: string; share: number }[];
  attachments?: Attachment[];
  outcomes?: Outcome[];
  adoptions?: { reports: number; times: number };
  can?: string[];
}

export type Report = ReportItem & ReportText;

export interface TimelineEntry {
  id: string;
  kind: string;
  text: string;
  detail?: string;
  occurred_at: string;
  recorded_at?: string;
  tenant: { code: string; name: string; level: Level };
  actor?: string;
  origin_event?: string;
}

export interface Version extends ReportText {
  id: string;
  kind: 'original' | 'edited' | 'issued' | 'sealed';
  no: number;
  by?: string;
  at: string;
  digest?: string;
  /** Set when the stored copy no longer agrees with its digest. */
  fault?: string;
}

export interface ReviewStep {
  no: number;
  title: string;
  state: 'waiting' | 'current' | 'approved' | 'returned';
  by?: string;
  opinion?: string;
  at?: string;
}

export interface Review {
  id: string;
  state: 'running' | 'signed' | 'returned';
  chain_name: string;
  steps: ReviewStep[];
  can?: string[];
}

export interface ForwardingTarget {
  tenant: string;
  name: string;
  level: Level;
  kind: TenantKind;
  figures?: string | boolean;
  sent_this_year: number;
  adopted_this_year: number;
  already_sent: boolean;
}

export interface Forwarding {
  id: string;
  report_id: string;
  to: { code: string; name: string; level: Level };
  state: 'queued' | 'delivered' | 'failed' | 'recalled' | 'returned';
  letter_state?: string;
  attempts?: number;
  sent_at: string;
  delivered_at?: string;
}

export interface Clue {
  id: string;
  title: string;
  body: string;
  category?: string;
  source_kind: string;
  origin_ref?: string;
  received_at: string;
  place?: string;
  state: 'new' | 'used' | 'dropped';
  report_id?: string;
}

export interface Notice {
  id: string;
  kind: string;
  text: string;
  subject_kind?: string;
  subject_id?: string;
  at: string;
  read_at?: string;
}

export interface Category {
  name: string;
  topics?: string[];
}

export interface Reason {
  code: string;
  text: string;
  for: ('return' | 'keep' | 'decline')[];
}
