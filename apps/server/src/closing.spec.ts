import { Closing } from './core-services.js';

describe('closing what is open', () => {
  it('closes the rest though one cannot be closed, and then says so', async () => {
    const closed: string[] = [];
    const closing = new Closing();
    closing.push(() => closed.push('lock'));
    closing.push(() => Promise.reject(new Error('It has lost its connection.')));
    closing.push(() => closed.push('server'));
    await expect(closing.close()).rejects.toThrow('It has lost its connection.');
    expect(closed).toEqual(['server', 'lock']);
    await closing.close();
  });

  it('after a failure says what failed, whatever cannot be closed besides', async () => {
    const closed: string[] = [];
    const closing = new Closing();
    closing.push(() => closed.push('lock'));
    closing.push(() => Promise.reject(new Error('It has lost its connection.')));
    await expect(closing.closeAfter(new Error('The port is in use.'))).rejects.toThrow('The port is in use.');
    expect(closed).toEqual(['lock']);
  });
});
