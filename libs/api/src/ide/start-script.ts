/** A query that the IDE opens with. */
export interface PreparedQuery {
  title: string;
  query: string;
  variables?: Readonly<Record<string, unknown>>;
}

/**
 * The script that starts the IDE. It takes the key out of the address before the IDE sees it, and keeps it for as long as the
 * tab lives, so that reloading works; the IDE itself keeps nothing, as it would write the key to the browser's disk.
 */
export function startScript(queries: readonly PreparedQuery[], endpoint: string): string {
  const windows = queries.map(({ title, query, variables = {} }) => ({
    initialName: title,
    initialQuery: query,
    initialVariables: JSON.stringify(variables, null, 2),
  }));
  return `const STORED = 'caseledger-key';
const given = new URLSearchParams(location.hash.slice(1)).get('key');
if (given) {
  sessionStorage.setItem(STORED, given);
  history.replaceState(null, '', location.pathname + location.search);
}
const key = given ?? sessionStorage.getItem(STORED);
const authorization = 'Bearer ' + (key ?? 'clk_…');
const common = {
  endpointURL: new URL(${JSON.stringify(endpoint)}, location.origin).href,
  subscriptionsEndpoint: new URL(${JSON.stringify(endpoint)}, location.origin.replace(/^http/, 'ws')).href,
  initialHeaders: { Authorization: authorization },
  initialSubscriptionRequestHandlerId: 'graphql-ws',
  initialSubscriptionsPayload: { authorization },
};
const windows = ${JSON.stringify(windows, null, 2)};
AltairGraphQL.init({
  ...common,
  initialWindows: windows.map((window) => ({ ...common, ...window })),
  preserveState: false,
  disableAccount: true,
  instanceStorageNamespace: 'caseledger_',
  initialSettings: {
    disablePushNotification: true,
    'alert.disableUpdateNotification': true,
    'banners.disable': true,
    'schema.reloadOnStart': key !== null,
  },
});
`;
}
