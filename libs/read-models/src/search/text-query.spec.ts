import { asFts, asPhrases, asTsQuery, holdsOne, termsOf } from './text-query.js';
import { indexedWords, wordsOf } from './words.js';

describe('the words of a text', () => {
  it.each([
    ['Élan VITAL, 2024!', ['elan', 'vital', '2024']],
    ['e-mail: a_b@c.d', ['e', 'mail', 'a', 'b', 'c', 'd']],
    ['ΣΟΦΟΣ Σοφός', ['σοφοσ', 'σοφοσ']],
    ['ﬁn Straße ½', ['fin', 'straße', '1', '2']],
    ['模型蒸馏 \uE000', ['模', '型', '蒸', '馏']],
    ['用OpenAI的模型2号', ['用', 'openai', '的', '模', '型', '2', '号']],
    ['データ流出 ﾃﾞｰﾀ', ['テ', 'ー', 'タ', '流', '出', 'テ', 'ー', 'タ']],
    ['การกลั่น 모델', ['ก', 'า', 'ร', 'ก', 'ล', 'น', '모델'.normalize('NFKD')]],
    ['dis\u00ADtil\u00ADlation می\u200Cخواهم a\u2060b\uFEFFc', ['distillation', 'میخواهم', 'abc']],
    ['zero\u200Bwidth blank', ['zero', 'width', 'blank']],
    ['— … \u0301', []],
  ])('of %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('are told apart by their first 100 letters, whole letters', () => {
    expect(wordsOf('𝒳'.repeat(3))).toEqual(['xxx']);
    const [word] = wordsOf('𐐨'.repeat(150));
    expect([...word]).toHaveLength(100);
  });

  it('are parted where a text ends', () => {
    expect(indexedWords(['A b', '…', 'c'])).toBe('a b \uE000 c');
    expect(indexedWords(['', '—'])).toBe('');
  });
});

describe('what a search looks for', () => {
  const texts = (text: string) =>
    termsOf(text).map(({ words, isPrefix }) => `${words.join(' ')}${isPrefix ? '*' : ''}`);

  it.each([
    ['Model  distil*', ['model', 'distil*']],
    ['"model distillation" api', ['model distillation', 'api']],
    ['"model distil"* "a', ['model distil*', 'a']],
    ['e-mail* x"y z"', ['e mail*', 'x', 'y z']],
    ['蒸馏 模型蒸*', ['蒸 馏', '模 型 蒸*']],
    ['*a -b NOT c OR (d)', ['a', 'b', 'not', 'c', 'or', 'd']],
  ])('in %j', (text, terms) => {
    expect(texts(text)).toEqual(terms);
  });

  it.each(['', ' ', '"', '""', '…*', 'a '.repeat(21)])('is refused in %j', (text) => {
    expect(() => termsOf(text)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }) as Error);
  });

  it('is asked of each engine in its words', () => {
    const terms = termsOf(`model "large amounts" "of dat"*`);
    expect(asFts(terms)).toBe('"model" AND "large amounts" AND "of dat" *');
    expect(asTsQuery(terms)).toBe("'model' & 'large' & 'amounts' & 'of' & 'dat':*");
    expect(asPhrases(terms)).toEqual([' large amounts ', ' of dat']);
  });

  it('shows the texts that hold a term', () => {
    const terms = termsOf('"large amounts" distil*');
    expect(['模型蒸馏技术', '蒸发的馏分'].map((text) => holdsOne(text, termsOf('蒸馏')))).toEqual([true, false]);
    expect(
      ['Large amounts.', 'large, small amounts', 'Distilled', 'instil'].map((text) => holdsOne(text, terms)),
    ).toEqual([...[true, false, true, false]]);
  });
});
