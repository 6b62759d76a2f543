import { type RecordState } from '../cases/case-state.js';

export interface NotificationState extends RecordState {
  acknowledged: boolean;
}

export interface NotificationsState {
  notifications: Map<string, NotificationState>;
}
