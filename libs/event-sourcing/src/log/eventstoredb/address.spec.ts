import { shownAddress } from './address.js';

describe('an address that is shown', () => {
  it.each([
    ['esdb://127.0.0.1:2113?tls=false', 'esdb://127.0.0.1:2113?tls=false'],
    ['esdb://ann:secret@host:2113', 'esdb://ann:…@host:2113'],
    ['postgres://ann:se@cr@et@host/cases', 'postgres://ann:…@host/cases'],
    ['postgres://ann:se/cret@host/cases', 'postgres://ann:…@host/cases'],
    ['postgres://host:5432/cases?user=ann&password=top@secret', 'postgres://host:5432/cases?user=ann&password=…'],
    ['esdb://ann:p/w@host:2113', 'esdb://ann:…@host:2113'],
    ['postgres://host/cases?user=ann&password=secret&ssl=true', 'postgres://host/cases?user=ann&password=…&ssl=true'],
    ['postgres://ann:secret@host/cases?sslpassword=secret', 'postgres://ann:…@host/cases?sslpassword=…'],
    ['postgres://ann@host/cases', 'postgres://ann@host/cases'],
    ['host=db user=ann password=secret dbname=x', 'host=db user=ann password=… dbname=x'],
    ['postgres//ann:secret@db/x', 'postgres//ann:…@db/x'],
    ['postgres://ann:secret\n@host/cases', 'postgres://ann:…@host/cases'],
    ['ann:secret@db/x', 'ann:…@db/x'],
    ['esdb:/ann:secret@host', 'esdb:…@host'],
  ])('%s tells no password', (url, shown) => expect(shownAddress(url)).toBe(shown));
});
