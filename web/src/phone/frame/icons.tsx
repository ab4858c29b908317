import type { ReactNode } from 'react';

/** A line drawing of 24 × 24 in the colour of its text. */
function Icon({ children, size = 26 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round"
      strokeLinejoin="round" aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const HomeIcon = () => <Icon><path d="M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-5v-6h-4v6H5a1 1 0 0 1-1-1Z" /></Icon>;
export const SealIcon = () => <Icon><path d="M5 20h14M7 16h10v-2.5l-3-1.5 1-5.5a3 3 0 1 0-6 0l1 5.5-3 1.5Z" /></Icon>;
export const BellIcon = () => <Icon><path d="M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15ZM10 20.5a2.2 2.2 0 0 0 4 0" /></Icon>;
export const PersonIcon = () => <Icon><circle cx="12" cy="8" r="4" /><path d="M4 20c1-4 4-5.5 8-5.5s7 1.5 8 5.5" /></Icon>;
export const PenIcon = () => <Icon><path d="M4 20l1-4.500L16 4.500a2 2 0 0 1 3 0l.5.5a2 2 0 0 1 0 3L8.5 19Z" /></Icon>;
export const BackIcon = () => <Icon><path d="M15 5l-7 7 7 7" /></Icon>;
export const NextIcon = () => <Icon size={20}><path d="M9 5l7 7-7 7" /></Icon>;
export const CameraIcon = () => (
  <Icon size={32}><path d="M4 8h4l1.5-2.500h5L16 8h4a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1Z" /><circle cx="12" cy="13" r="3.5" /></Icon>
);
export const FilmIcon = () => <Icon size={32}><rect x="3" y="6" width="12" height="12" rx="2" /><path d="M15 11l6-3.500v9L15 13Z" /></Icon>;
export const FileIcon = ({ size = 32 }: { size?: number }) => (
  <Icon size={size}><path d="M6 3.500h8l4.5 4.500V20a.5.5 0 0 1-.5.5H6a.5.5 0 0 1-.5-.5V4a.5.5 0 0 1 .5-.5ZM14 3.500V8h4.500M9 13h6M9 16.500h6" /></Icon>
);
