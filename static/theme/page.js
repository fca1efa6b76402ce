// What a page does beside being read. Without it every word is still there.

// A card beside the name of a player, from the `card.json` beside the player's page.
const root = new URL("..", import.meta.url).href;
const files = new Map();
let card, shown, next, asked, timer;

function named(node) {
  const link = node?.closest?.(":is(.text, .key-points, .also-mentioned) a");
  const url = link ? link.origin + link.pathname : "";
  return url.startsWith(root) && /^([\w-]+\/)?players\/[^/]+\/$/.test(url.slice(root.length)) ? link : undefined;
}

function focused() {
  const node = document.activeElement;
  return node.matches(":focus-visible") ? named(node) : undefined;
}

function load(link) {
  const url = new URL("card.json", link).href;
  if (!files.has(url)) files.set(url, fetch(url).then((answer) => answer.ok && answer.json()).catch(() => {}));
  return files.get(url);
}

function part(tag, name, said) {
  const node = document.createElement(tag);
  node.className = name;
  node.textContent = said?.text ?? said;
  if (said?.dir) Object.assign(node, { lang: said.language, dir: said.dir });
  return node;
}

async function show(link) {
  asked = link;
  const file = await load(link);
  if (!file || next !== link || asked !== link) return;
  hide();
  card ??= Object.assign(part("div", "hover-card"), { id: "b-card", popover: "manual", role: "tooltip" });
  Object.assign(card, { lang: file.language, dir: file.dir });
  const face = part("span", "face");
  if (file.portrait) face.append(Object.assign(new Image(), { src: file.portrait, alt: "" }));
  else face.dataset.letters = file.monogram;
  card.replaceChildren(face);
  for (const name of ["kind_text", "name", "summary", "post", "since"]) {
    if (file[name]) card.append(part("p", `card-${name}`, file[name]));
  }
  document.querySelector("main").append(card);
  link.setAttribute("aria-describedby", "b-card");
  shown = link;
  card.showPopover();
  // Where no style sheet anchors it.
  const { left, bottom } = link.getBoundingClientRect();
  card.style.setProperty("--left", `${left}px`);
  card.style.setProperty("--top", `${bottom}px`);
}

function hide() {
  shown?.removeAttribute("aria-describedby");
  shown = card?.remove();
}

function aim(link) {
  if (link === next) return;
  next = link;
  clearTimeout(timer);
  if (!link) timer = setTimeout(hide, 300);
  else if (link !== shown) timer = setTimeout(() => (load(link), (timer = setTimeout(show, 350, link))), 150);
}

if ("popover" in HTMLElement.prototype) {
  addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType !== "touch") aim(card?.contains(target) ? shown : named(target) ?? focused());
  });
  const move = () => aim(focused() ?? ([next, card].some((node) => node?.matches(":hover")) ? next : undefined));
  addEventListener("focusin", move);
  addEventListener("focusout", move);
}

// What a reader wants of the page's script stays in the browser, where that keeps anything.
function kept(key, value) {
  try {
    if (value !== undefined) localStorage[key] = value;
    return localStorage[key];
  } catch {}
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    clearTimeout(timer);
    asked = hide();
  }
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || kept("search key") === "off") return;
  const box = document.querySelector("form[role=search]:not([hidden]) input");
  if (!box || event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  box.focus();
});

// Readers who speak to their browser, or press keys by accident, switch the key off (WCAG 2.1.4).
const key = document.getElementById("b-key");
if (key) {
  key.checked = kept("search key") !== "off";
  key.addEventListener("change", (event) => {
    event.stopPropagation();
    kept("search key", key.checked ? "on" : "off");
  });
  key.addEventListener("input", (event) => event.stopPropagation());
}

// Links to copy: of the page, of a section, of the words that are selected; a citation; the system's way to share.
const tools = document.querySelector(".tools");
const address = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];

/** The part of an address that leads to the words that are selected in the text (a text fragment). */
function words() {
  const selection = getSelection();
  if (selection.isCollapsed || !document.querySelector("main").contains(selection.anchorNode)) return "";
  const range = selection.getRangeAt(0).cloneRange();
  const { startContainer: from, endContainer: to } = range;
  // Browsers look for whole words.
  const isWord = (node, at) => node.nodeType === 3 && /[\p{L}\p{M}\p{N}]/u.test(node.data[at] ?? "");
  while (range.startOffset && isWord(from, range.startOffset) && isWord(from, range.startOffset - 1)) range.setStart(from, range.startOffset - 1);
  while (range.endOffset && isWord(to, range.endOffset - 1) && isWord(to, range.endOffset)) range.setEnd(to, range.endOffset + 1);
  selection.removeAllRanges();
  selection.addRange(range);
  const lines = selection.toString().trim().split(/\s*\n\s*/);
  const encoded = (text) => encodeURIComponent(text.replace(/\s+/g, " ")).replace(/-/g, "%2D");
  const [first, last] = [lines[0], lines.at(-1)];
  if (lines.length === 1 && first.length < 120) return `#:~:text=${encoded(first)}`;
  return `#:~:text=${encoded(first.match(/^.{1,40}(?=\s|$)|^.{1,20}/u)[0])},${encoded(last.match(/(?<=\s|^).{1,40}$|.{1,20}$/u)[0])}`;
}

if (tools && navigator.clipboard) {
  const [link, share, , selected] = tools.children;
  const status = tools.querySelector("[role=status]");
  const copy = (text, said) => navigator.clipboard.writeText(text).then(() => {
    status.textContent = "";
    setTimeout(() => (status.textContent = said), 50);
  }, () => {});
  tools.hidden = false;
  share.style.visibility = navigator.share ? "" : "hidden";
  link.addEventListener("click", () => copy(address, tools.dataset.copied));
  share.addEventListener("click", () => navigator.share({ title: document.title, url: address }).catch(() => {}));
  selected.addEventListener("pointerdown", (event) => event.preventDefault());
  selected.addEventListener("click", () => copy(address + words(), tools.dataset.copied));
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    selected.hidden = selection.isCollapsed || !selection.anchorNode.parentElement?.closest("main");
  });
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button.closest("div").querySelector("dd").textContent.trim(), tools.dataset.cited));
  }
  document.addEventListener("click", ({ target }) => {
    const heading = target.closest?.(".permalink");
    if (heading) copy(address + heading.hash, tools.dataset.copied).then(() => heading.classList.add("copied"));
  });
}

// What changed since an article was read last: the day, and how many changes it had, stay in the browser.
const article = document.querySelector("[data-since]");
if (article) {
  const day = (change) => change.querySelector("time")?.dateTime ?? "";
  const all = [...article.querySelectorAll(".changes li:has(> .change-date)")];
  all.sort((one, other) => day(other).localeCompare(day(one)));
  const read = `read ${location.pathname}`;
  let [date, count] = kept(read)?.split(" ") ?? [];
  kept(read, `${new Date().toLocaleDateString("sv")} ${all.length}`);
  const fresh = all.filter((change, at) => day(change) > date || at < all.length - count);
  if (fresh.length) {
    date = new Date(`${date}T12:00`).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    const note = part("div", "banner since-visit");
    note.append(part("p", "banner-title", article.dataset.since.replace("{d}", date)));
    for (const change of fresh) {
      const link = part("a", "", change.querySelector(".change-date").textContent);
      link.href = `#${change.closest("section").getAttribute("aria-labelledby")}`;
      const line = part("p", "", "");
      line.append(link, " ", change.querySelector(".change-note, dd:last-of-type")?.textContent ?? "");
      note.append(line);
    }
    article.querySelector(".head").append(note);
  }
}

// What another host shows is loaded when a reader asks for it.
for (const box of document.querySelectorAll("[data-frame]")) {
  const button = box.querySelector("button");
  button.hidden = false;
  button.onclick = () => {
    const frame = part("iframe", "", "");
    frame.src = box.dataset.frame;
    frame.title = box.dataset.title;
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.sandbox = "allow-popups allow-same-origin allow-scripts";
    box.replaceChildren(frame);
    frame.focus();
  };
}
