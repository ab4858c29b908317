/** The mark of the product. */
export function Logo({ size = 32, red }: { size?: number; red?: boolean }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill={red ? '#b3171b' : '#fff'} />
      <path d="M16 6l7 8h-4.4v11h-5.2V14H9z" fill={red ? '#fff' : '#b3171b'} />
    </svg>
  );
}
