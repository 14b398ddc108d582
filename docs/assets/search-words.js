// Words as they are compared: their forms, and which word was meant where one is mistyped.

// A text without accents and capitals.
export const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const isFrench = document.documentElement.lang === "fr";
const VERB = [/(?<=....)(?:er|ez)$/, ""]; // of French: téléphoner, as téléphone
// One form for singular and plural, masculine and feminine, verb and noun, as far as endings go.
const ENDINGS = [[/aux$/, "al"], [/euses?$/, "eur"], [/(?:es|s|x|e)$/, ""], ...(isFrench ? [VERB] : []), [/(?<=...)(?:ing|ed)$/, ""], [/y$/, "i"], [/([a-z])\1$/, "$1"]];
const stem = (word) => (word.length > 3 ? ENDINGS.reduce((text, [end, by]) => text.replace(end, by), word) : word);

// A text as words without accents, case and endings. A letter alone is no word.
export const plain = (text) => (bare(text).match(/[\p{L}\p{N}]{2,}|\p{N}/gu) ?? []).map(stem);

// Whether one of `words` begins with a bare word, its plural ending aside (of four letters it may be none: Mans), or is a
// number. Each of `words` has its bare `form`, how it is `written`, and whether it is `rare`: 1 or 0 (search-index.js).
export function begun(word, words) {
  if (/\d/.test(word)) return words.some(({ form }) => form === word);
  const start = word.length > 4 ? word.replace(/(?:es|s|x)$/, "") : word;
  return words.some(({ form }) => form.startsWith(start));
}

// Whether so it is with each part of a word: sous and traitance.
export const beginsAll = (word, words) => (bare(word).match(/\p{L}{2,}/gu) ?? []).every((part) => begun(part, words));

// How many letters differ, are missing, too many or the wrong way round; more than `most` is not counted on. One letter
// in place of another counts for `wrong`.
function lettersApart(a, b, most, wrong) {
  if (Math.abs(a.length - b.length) > 1) return most + 1;
  let [before, above] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : wrong));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, above] = [above, row];
  }
  return above[b.length];
}

// A French word as it sounds: clôse is clause.
const SOUNDS = [[/e?au/g, "o"], [/ph/g, "f"], [/y/g, "i"], [/(.)\1/g, "$1"], [/(?:es|[esx])$/, ""]];
const sound = (word) => SOUNDS.reduce((text, [spelt, by]) => text.replace(spelt, by), word);

// The consonants of a word, as they sound before -ion: of two words that differ by two letters, they tell whether one is
// the other (subvansion, subvention) or not (plastique, pratique).
const consonants = (word) => word.replace(/t(?=ion)/g, "s").replace(/[aeiouy]/g, "").replace(/(.)\1/g, "$1");

// The word itself where one of `words` begins with it; else one that sounds the same, in French; else the nearest with the
// same first letter, or one of the same family (shareholding, shareholder), or "". A rare one is nearer only if it differs
// less. In a short word another letter makes another word (Nîmes, names); one of four letters, an abbreviation or a number
// (whatever stands before it) is what it is.
export function nearest(word, words, lang) {
  const own = bare(word).replace(/^.* /, "");
  if (begun(own, words)) return word;
  const heard = lang === "fr" && words.find(({ form, rare }) => !rare && form.length > 3 && sound(form) === sound(own));
  if (heard) return heard.written;
  if (own.length < 5 || /^\p{Lu}{2,5}$|\d/u.test(word)) return "";
  const most = own.length > 7 ? 2 : 1;
  const wrong = own.length > 5 ? 1 : 2;
  let [best, least] = ["", most + 2];
  for (const { form, written, rare } of words) {
    if (form[0] !== own[0]) continue;
    const apart = lettersApart(own, form, most, wrong);
    const isLikely = apart < 2 || (apart <= most && consonants(own) === consonants(form));
    if (isLikely && apart + rare < least) [best, least] = [written, apart + rare];
  }
  const start = own.slice(0, Math.max(7, own.length * 0.55));
  return best || (words.find(({ form }) => form.startsWith(start))?.written ?? "");
}
