// Reads what `data/search.rs` writes. `tokens` and `stemmer` are twins of `src/search/`: see `.ci/search`.

const DROPPED =
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff]/g;
const PAIRED =
  /[\u3005\u3007\u3041-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3fffd}]/u;
const WORD = /[\p{Alphabetic}\p{N}]/u;
const LETTERS = {
  ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", ł: "l", đ: "d", ð: "d", ı: "i", ς: "σ", ة: "ه", ى: "ي",
  "’": "'", "‘": "'", ʼ: "'", ʻ: "'", "`": "'",
};

function fold(text) {
  const folded = text.normalize("NFKD").replace(DROPPED, "").normalize("NFC").toLowerCase();
  return folded.replace(/[ßæœþøłđðıςةى’‘ʼʻ`]/g, (c) => LETTERS[c]);
}

/** The tokens of a text, and whether each is a word. */
export function tokens(text) {
  const chars = Array.from(fold(text));
  const classes = chars.map((c) => (PAIRED.test(c) ? 2 : WORD.test(c) ? 1 : 0));
  const found = [];
  for (let at = 0; at < chars.length; ) {
    const start = at;
    if (!classes[at]) {
      at += 1;
    } else if (classes[at] === 2) {
      while (classes[at] === 2) at += 1;
      if (at - start === 1) found.push([chars[start], false]);
      for (let i = start; i + 1 < at; i += 1) found.push([chars[i] + chars[i + 1], false]);
    } else {
      const token = [];
      for (let since = 0; ; at += 1) {
        if (classes[at] === 1) {
          token.push(chars[at]);
          since += 1;
        } else if (joins(chars, classes, at, since)) {
          since = 0;
        } else {
          break;
        }
      }
      if (token.length > 1 || (chars[start - 1] !== "'" && chars[at] !== "'")) {
        found.push([token.slice(0, 24).join(""), true]);
      }
    }
  }
  return found;
}

function joins(chars, classes, at, since) {
  const [before, c, after] = [chars[at - 1], chars[at], chars[at + 1] ?? ""];
  if ((c === "." || c === ",") && /^\d\d$/.test(before + after)) return true;
  return c === "." && since === 1 && classes[at + 1] === 1 && /\p{Alphabetic}.*\p{Alphabetic}/u.test(`${before} ${after}`);
}

/** Takes words to their stems. */
export function stemmer(rules) {
  const steps = rules.split("|").map((step) =>
    step.split(" ").filter(Boolean).map((rule) => {
      const [, least, vowel, prefix, from, to] = rule.match(/^(\d)(v?):(\^?)(.*)>(.*)$/);
      return (word) => {
        if (!(prefix ? word.startsWith(from) : word.endsWith(from))) return null;
        const kept = prefix ? word.slice(from.length) : word.slice(0, word.length - from.length);
        if (Array.from(kept).length < +least || (vowel && !/[aeiouy]/.test(kept))) return null;
        return prefix ? to + kept : kept + to;
      };
    }),
  );
  return (word) => {
    for (const step of steps) {
      for (const rule of step) {
        const stem = rule(word);
        if (stem !== null) {
          word = stem;
          break;
        }
      }
    }
    return word;
  };
}

// Impacts above the first heading, and below.
const ABOVE = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 23, 26];
const BELOW = [2, 3, 4, 5, 7, 10];

function reader(text) {
  let at = 0;
  const sign = () => text.charCodeAt(at++) - 33;
  const number = () => {
    const digit = sign();
    return digit < 45 ? digit : digit - 45 + 45 * number();
  };
  return { more: () => at < text.length, sign, number };
}

function list(text) {
  const { more, sign, number } = reader(text);
  const postings = [];
  let entries = 0;
  while (more()) {
    let head = sign();
    if (head === 93) {
      entries = number();
      head = sign();
    }
    if (head > 14) head -= 10;
    let entry = Math.floor(head / 9);
    for (let left = head % 9 || number(); left; left -= 1) {
      entry += 8 * number();
      const value = sign();
      let section = value < 16 ? 0 : Math.floor((value - 10) / 6);
      if (section === 12) section += number();
      postings.push([entry, section, section ? BELOW[(value - 16) % 6] : ABOVE[value]]);
    }
  }
  return { entries: entries || new Set(postings.map(([entry]) => entry)).size, postings };
}

function place(list, text) {
  let [low, high] = [0, list.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (list[middle] <= text) low = middle;
    else high = middle;
  }
  return low;
}

/** Whether one edit parts two words. */
function isSlip(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const rest = (word, skipped) => word.slice(at + skipped);
  return (
    rest(one, 1) === rest(other, 1) ||
    rest(one, 0) === rest(other, 1) ||
    rest(one, 1) === rest(other, 0) ||
    (one[at] === other[at + 1] && one[at + 1] === other[at] && rest(one, 2) === rest(other, 2))
  );
}

export class Index {
  constructor(load) {
    this.load = load;
  }

  async begin() {
    if (this.from) return;
    const [numbers, rules, common, from] = (await this.load("index.txt")).split("\n");
    [this.entries, this.together, this.shards, this.group] = numbers.split(" ").map(Number);
    this.stem = stemmer(rules);
    this.common = new Set(common.split(" "));
    this.from = from.split(" ");
  }

  async lines(term, isBeginning) {
    let number = place(this.from, term);
    if (this.group > 1) number = number * this.group + place((await this.load(`from/${number}.txt`)).split(" "), term);
    const found = [];
    let own;
    do {
      own = "";
      for (const line of (await this.load(`${number}.txt`)).split("\n")) {
        const end = line.search(/(?<=.)[!-/:-`{-~]/);
        if (end < 0) break;
        own = own.slice(0, line.charCodeAt(0) - 33) + line.slice(1, end);
        if (own === term || (isBeginning && own.startsWith(term))) found.push({ term: own, ...list(line.slice(end)) });
      }
      number += 1;
    } while (isBeginning && own.startsWith(term) && number < this.shards && found.length < 60);
    return found;
  }

  /** The terms that a word stands for. */
  async terms([token, isWord, isLast]) {
    const term = isWord ? this.stem(token) : token;
    const exact = await this.lines(term);
    const found = exact.map((line) => ({ ...line, share: 1 }));
    if (isLast && (isWord ? token.length > 1 : token.length === 1)) {
      const longer = (await this.lines(token, true)).filter((line) => line.term !== term);
      longer.sort((one, other) => other.entries - one.entries);
      found.push(...longer.slice(0, 8).map((line) => ({ ...line, share: exact.length ? 0.4 : 0.8 })));
    }
    if (!found.length && isWord && token.length > 3) {
      const names = (await this.load("names.txt")).split(" ").filter((name) => isSlip(token, name));
      for (const name of names.slice(0, 3)) {
        found.push(...(await this.lines(this.stem(name))).map((line) => ({ ...line, share: 0.7 })));
      }
    }
    return found;
  }

  /** The entries that a query finds, each with its best section. */
  async find(query, isKept = () => true) {
    await this.begin();
    let words = tokens(query).map(([token, isWord], at, all) => [token, isWord, at === all.length - 1 && !/\s$/.test(query)]);
    words = words.filter(([token], at) => words.findIndex((word) => word[0] === token) === at).slice(0, 24);
    const rare = words.filter(([token, isWord]) => !this.common.has(isWord ? this.stem(token) : token));
    words = rare.length ? rare : words;
    const groups = await Promise.all(words.map((word) => this.terms(word)));
    this.found = groups.flat().map((line) => line.term);
    const weigh = (entries) => Math.log(1 + (this.entries - entries + 0.5) / (entries + 0.5));
    const weights = groups.map((terms) => (terms.length ? weigh(Math.max(...terms.map((line) => line.entries))) : 0));
    const pages = new Map();
    groups.forEach((terms, group) => {
      for (const { entries, postings, share } of terms) {
        // A longer word is no better for being rare.
        const weight = Math.min(weigh(entries), weights[group] || Infinity) * share;
        for (const [entry, section, impact] of postings) {
          const value = impact * weight;
          if (!pages.has(entry)) pages.set(entry, new Map());
          const sections = pages.get(entry);
          if (!sections.has(section)) sections.set(section, groups.map(() => 0));
          const values = sections.get(section);
          values[group] = Math.max(values[group], value);
        }
      }
    });
    const sum = (values) => values.reduce((one, other) => one + other, 0);
    const all = sum(weights);
    const results = [];
    for (const [entry, sections] of pages) {
      if (!isKept(entry)) continue;
      let [best, most] = [0, 0];
      const highest = groups.map(() => 0);
      for (const [section, values] of sections) {
        if (sum(values) > most) [best, most] = [section, sum(values)];
        if (section) values.forEach((value, group) => (highest[group] = Math.max(highest[group], value)));
      }
      const above = sections.get(0) ?? highest.map(() => 0);
      const own = best ? sections.get(best) : highest.map(() => 0);
      let [score, matched] = [0, 0];
      weights.forEach((weight, group) => {
        score += above[group] + 0.5 * highest[group] + 0.5 * own[group];
        if (above[group] || highest[group]) matched += weight;
      });
      results.push({ entry, section: best, score: all ? (score * matched) / all : score });
    }
    return results.sort((one, other) => other.score - one.score || (other.entry >> 3) - (one.entry >> 3) || one.entry - other.entry);
  }

  async text(entry) {
    const [rank, together] = [entry >> 3, this.together];
    const text = await this.load(`text/${Math.floor(rank / together) * 8 + (entry % 8)}.txt`);
    const [head, ...sections] = text.split("\n\n")[rank % together].split("\n").map((line) => line.split("\t"));
    const [url, title, date, lang, dir] = head;
    return { url, title, date, lang, dir, sections };
  }

  async kept(filter) {
    const text = `\n${await this.load("filters.txt")}`;
    const at = text.indexOf(`\n${filter}\t`);
    const kept = new Set();
    if (at < 0) return kept;
    const numbers = reader(text.slice(text.indexOf("\t", at) + 1, text.indexOf("\n", at + 1)));
    for (let entry = 0; numbers.more(); ) kept.add((entry += numbers.number()));
    return kept;
  }

  /** A text in parts, every second of which was found. */
  parts(text) {
    const found = new Set(this.found);
    const parts = [""];
    for (const [at, run] of text.split(/((?:[\p{Alphabetic}\p{M}\p{N}]|(?<=\d)[.,](?=\d))+)/u).entries()) {
      for (const word of at % 2 && PAIRED.test(run) ? this.pairs(run, found) : [run]) {
        const isHit =
          at % 2 && tokens(word).some(([token, isWord]) => found.has(isWord ? this.stem(token) : token));
        if ((parts.length % 2 === 0) === !!isHit) parts[parts.length - 1] += word;
        else parts.push(word);
      }
    }
    return parts;
  }

  pairs(run, found) {
    const chars = Array.from(run);
    const isHit = chars.map((c, at) => found.has(fold(c + chars[at + 1])) || found.has(fold(chars[at - 1] + c)));
    const cut = [];
    chars.forEach((c, at) => {
      if (at && isHit[at] === isHit[at - 1]) cut[cut.length - 1] += c;
      else cut.push(c);
    });
    return cut;
  }

  /** The sentence with most of what was found, in parts. */
  excerpt(text) {
    let [best, most] = [null, -1];
    for (const sentence of text.split(/(?<=[.!?؟])\s+|(?<=[。！？])/u)) {
      const parts = this.parts(sentence);
      const hits = new Set(parts.filter((_, at) => at % 2).map(fold)).size;
      if (hits > most) [best, most] = [parts, hits];
    }
    if (best.join("").length <= 320) return best;
    const before = Array.from(best[0]);
    if (before.length > 100) best[0] = `…${before.slice(-80).join("").replace(/^\S*\s/, "")}`;
    let left = 320;
    const cut = best.map((part) => {
      const kept = part.slice(0, Math.max(left, 0));
      left -= part.length;
      return kept;
    });
    return left < 0 ? [...cut, ...(cut.length % 2 ? ["", "…"] : ["…"])] : cut;
  }
}

function element(name, parent, text) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  parent.append(made);
  return made;
}

function start(root) {
  const form = document.getElementById("b-search");
  const status = document.getElementById("b-search-status");
  const words = root.dataset;
  const files = new Map();
  const index = new Index((name) => {
    if (!files.has(name)) {
      const text = fetch(words.folder + name, { cache: "no-cache" }).then((answer) => {
        if (!answer.ok) throw new Error(name);
        return answer.text();
      });
      text.catch(() => files.delete(name));
      files.set(name, text);
    }
    return files.get(name);
  });
  const fields = ["q", "kind", "topic", "year"];
  const isPage = form.hidden;
  let turn = 0;
  let shown = 10;

  const asked = () => new URLSearchParams(fields.map((name) => [name, form.elements[name]?.value ?? ""]).filter(([, value]) => value));

  function fill() {
    const from = new URLSearchParams(location.search);
    for (const name of fields) if (form.elements[name]) form.elements[name].value = from.get(name) ?? "";
  }

  async function item(list, { entry, section }) {
    const { url, title, date, lang, dir, sections } = await index.text(entry);
    const [anchor, heading, text] = sections[section]?.length > 2 ? sections[section] : sections[0];
    const made = element("li", list);
    if (lang) Object.assign(made, { lang, dir });
    const isQuestion = entry % 8 === 2 && heading;
    const link = element("a", element("h3", made), isQuestion ? heading : title);
    link.href = new URL(url, location.origin).pathname + (anchor ? `#${encodeURIComponent(anchor)}` : "");
    const where = isQuestion ? title : heading;
    if (where || date) element("p", made, [where, date].filter(Boolean).join(" · ")).className = "where";
    if (text) {
      const sentence = element("p", made);
      index.excerpt(text).forEach((part, at) => part && sentence.append(at % 2 ? Object.assign(document.createElement("mark"), { textContent: part }) : part));
    }
  }

  async function show() {
    const own = ++turn;
    const query = form.elements.q.value;
    const [kind, ...filters] = [form.elements.kind?.value, ...["topic", "year"].map((name) => form.elements[name]?.value && `${name} ${form.elements[name].value}`)];
    if (!query.trim()) {
      root.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const kept = await Promise.all(filters.filter(Boolean).map((filter) => index.kept(filter)));
      const isKept = (entry) => (!kind || entry % 8 === +kind) && kept.every((set) => set.has(entry));
      const results = await index.find(query, isKept);
      const groups = new Map();
      for (const result of results.slice(0, shown)) {
        const group = result.entry % 8;
        groups.set(group, [...(groups.get(group) ?? []), result]);
      }
      const made = document.createDocumentFragment();
      for (const [group, of] of groups) {
        const section = element("section", made);
        section.dataset.kind = group;
        element("h2", section, words[`kind${group}`]);
        const list = element("ol", section);
        const items = await Promise.all(of.map(async (result) => {
          const own = document.createDocumentFragment();
          await item(own, result);
          return own;
        }));
        list.append(...items);
      }
      if (results.length > shown) {
        const more = element("button", made, words.more);
        more.type = "button";
        more.onclick = async () => {
          const before = root.querySelectorAll("li").length;
          shown += 10;
          await show();
          root.querySelectorAll("h3 a")[before]?.focus();
        };
      }
      if (own !== turn) return;
      root.replaceChildren(made);
      words.shown = query;
      const count = new Intl.NumberFormat(document.documentElement.lang).format(results.length);
      status.textContent = results.length ? words.count.replace("{n}", () => count) : words.none.replace("{q}", () => query);
    } catch {
      if (own === turn) status.textContent = words.failed;
    }
  }

  function ask(isDone) {
    shown = 10;
    const query = asked().toString();
    if (isPage) history[isDone ? "pushState" : "replaceState"](null, "", location.pathname + (query && `?${query}`));
    return show();
  }

  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  form.addEventListener("submit", (event) => {
    if (!isPage) return;
    event.preventDefault();
    clearTimeout(waiting);
    ask(true);
  });
  addEventListener("popstate", () => {
    fill();
    show();
  });
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const places = [form.elements.q, ...root.querySelectorAll("h3 a")];
    const at = places.indexOf(document.activeElement);
    if (!step || at < 0 || event.altKey || event.ctrlKey || event.metaKey || !places[at + step]) return;
    event.preventDefault();
    places[at + step].focus();
  });
  if (isPage) {
    fill();
    form.hidden = false;
    form.elements.q.focus();
  }
  show();
}

const root = globalThis.document?.getElementById("b-results");
if (root) start(root);
