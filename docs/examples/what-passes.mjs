const PASSING = ['UNAVAILABLE', 'OVERLOADED', 'RATE_LIMITED'];

/** Whether errors of an answer pass by themselves: then the same is asked again later. */
export const passes = (errors) =>
  errors.every(({ extensions }) => PASSING.includes(extensions?.code) || extensions?.limit === 'time');

/** What went wrong, in a line: of a connection that was not made, where to and why. */
export const said = ({ message, cause }, address) =>
  cause ? `${address}: ${message} (${cause.message || cause.code})` : message;
