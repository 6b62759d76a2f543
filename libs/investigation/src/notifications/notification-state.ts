import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { known } from '../known-records.js';
import { type CorrectableState } from '../correctable.js';

export interface NotificationState extends CorrectableState {
  direction: 'RECEIVED' | 'SENT';
  acknowledged: boolean;
  /** Who acknowledged it, if that is known. */
  acknowledgedBy?: string | null;
}

export interface NotificationsState {
  notifications: Map<string, NotificationState>;
}

/** A notification that stands and went this way. Refuses with NOT_FOUND and NOTIFICATION_WITHDRAWN. */
export function standingNotification(
  { notifications }: Frozen<NotificationsState>,
  id: string,
  direction: NotificationState['direction'],
): Frozen<NotificationState> {
  const notification = known(notifications, id, 'notification');
  if (notification.direction !== direction)
    refuse('NOT_FOUND', `The notification ${id} was ${notification.direction.toLowerCase()}; correct it as such.`);
  if (notification.retracted) refuse('NOTIFICATION_WITHDRAWN', 'The notification is withdrawn; record a new one.');
  return notification;
}
