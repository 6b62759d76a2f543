import { type RecordState } from '../record-state.js';

export interface NotificationState extends RecordState {
  acknowledged: boolean;
}

export interface NotificationsState {
  notifications: Map<string, NotificationState>;
}
