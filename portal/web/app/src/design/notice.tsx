import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import './notice.css';

export interface NoticeProps {
  readonly tone?: 'info' | 'warning' | 'error';
  readonly title?: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

const icons: Record<NonNullable<NoticeProps['tone']>, IconName> = {
  info: 'info',
  warning: 'warning',
  error: 'warning',
};

/** A message in the place that it is about. Errors are read out at once. */
export function Notice({ tone = 'info', title, children, actions }: NoticeProps): ReactNode {
  return (
    <div className={`notice ${tone}`} role={tone === 'error' ? 'alert' : undefined}>
      <Icon name={icons[tone]} size={20} />
      <div>
        {title !== undefined && <strong>{title}</strong>}
        <div>{children}</div>
        {actions !== undefined && <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  );
}
