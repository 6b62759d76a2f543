import { create, on, readModel } from '#read-models/read-model.js';
import { NoteRetracted } from '../notes/retract-note.js';
import { NotificationWithdrawn } from '../notifications/withdraw-notification.js';
import { ObservationWithdrawn } from '../observations/withdraw-observation.js';
import { RecordRetracted } from './record-retracted.js';

/** What was taken back in a case, each under the id of its record: whoever may not see that does not see this. */
export const retractionModel = readModel({
  name: 'retractions',
  level: 'record',
  handlers: [
    on(RecordRetracted, ({ recordId, recordKind, reason }) => [create(recordId, { recordKind, reason })]),
    on(NoteRetracted, ({ noteId, reason }) => [create(noteId, { recordKind: 'note', reason })]),
    on(NotificationWithdrawn, ({ notificationId, reason }) => [
      create(notificationId, { recordKind: 'notification', reason }),
    ]),
    on(ObservationWithdrawn, ({ observationId, reason }) => [
      create(observationId, { recordKind: 'observation', reason }),
    ]),
  ],
});
