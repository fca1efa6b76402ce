// What a page does beside being read. Without it every word is still there.

// A card beside the name of a player, from the `card.json` beside the player's page.
const root = new URL("..", import.meta.url).href;
const files = new Map();
let card, shown, next, timer;

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
  const file = await load(link);
  if (!file || next !== link) return;
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

addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    clearTimeout(timer);
    hide();
  }
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.querySelector("form[role=search]:not([hidden]) input");
  if (!box || event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  box.focus();
});

// What changed since an article was read last: the day, and how many changes it had, stay in the browser.
const article = document.querySelector("[data-since]");
if (article) {
  const day = (change) => change.querySelector("time")?.dateTime ?? "";
  const all = [...article.querySelectorAll(".changes li:has(> .change-date)")];
  all.sort((one, other) => day(other).localeCompare(day(one)));
  let date, count;
  try {
    const key = `read ${location.pathname}`;
    [date, count] = localStorage[key]?.split(" ") ?? [];
    localStorage[key] = `${new Date().toLocaleDateString("sv")} ${all.length}`;
  } catch {}
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
