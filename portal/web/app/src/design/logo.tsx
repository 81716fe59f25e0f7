import type { ReactNode } from 'react';

/** A window of four panes, one of them lit. */
export function Logo({ size = 32 }: { readonly size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0b6e69" />
      <g fill="#fff">
        <rect x="7" y="7" width="8" height="8" rx="2" opacity=".55" />
        <rect x="17" y="7" width="8" height="8" rx="2" />
        <rect x="7" y="17" width="8" height="8" rx="2" opacity=".55" />
        <rect x="17" y="17" width="8" height="8" rx="2" opacity=".55" />
      </g>
    </svg>
  );
}
