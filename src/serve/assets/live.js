// Follows the files of the site while it is written: fits what changed into the page, and draws the badge, the panel,
// the ribbon and what is wrong over it. Everything that it shows is set as text.
(() => {
  "use strict";

  const script = document.currentScript;
  const reloads = script.hasAttribute("data-reload");
  let token = script.dataset.token;
  // The page as it is shown: its digest, and the status with which it came.
  let page = script.dataset.page;
  let status = document.body.classList.contains("briefing-fault") ? 500 : 200;
  let files = null;

  // --- What is asked of the server ---------------------------------------------------------------------------------

  const path = () => encodeURIComponent(location.pathname);

  async function ask(what) {
    const response = await fetch(`/_briefing/${what}?token=${token}&path=${path()}`, { cache: "no-store" });
    if (!response.ok) throw new Error(`${what}: ${response.status}`);
    return response.json();
  }

  /** The page as the server has it now; with it comes the token of a server that was started again. */
  async function fetchPage() {
    const response = await fetch(location.pathname + location.search, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const theirs = fresh.querySelector("script[data-briefing-live]");
    if (!theirs) throw new Error("not a page of this server");
    token = theirs.dataset.token;
    return { fresh, page: theirs.dataset.page, status: response.status };
  }

  // --- What a change does ------------------------------------------------------------------------------------------

  let checking = null;
  let again = false;

  /** Looks whether this page is another one now; once more if something happened meanwhile. */
  function check() {
    if (checking) {
      again = true;
      return checking;
    }
    checking = (async () => {
      do {
        again = false;
        try {
          await look();
        } catch {
          // The stream notices by itself that the server is gone.
        }
      } while (again);
    })().finally(() => {
      checking = null;
    });
    return checking;
  }

  async function look() {
    const state = await ask("page");
    draw.state(state);
    if (state.page === page) {
      status = state.status;
      draw.overlay(null);
      draw.gone(null);
    } else if (state.status === 500 && status !== 500) {
      draw.overlay(state.faults);
    } else if (state.status === 404 && status !== 404) {
      draw.overlay(null);
      draw.gone(state);
    } else {
      draw.overlay(null);
      draw.gone(null);
      await update();
    }
    document.dispatchEvent(new CustomEvent("briefing:checked", { detail: state }));
  }

  async function update() {
    if (reloads) {
      location.reload();
      return;
    }
    const theirs = await fetchPage();
    if (scripts(theirs.fresh) !== scripts(document)) {
      location.reload();
      return;
    }
    morph(theirs.fresh);
    ({ page, status } = theirs);
    // The reader's choice of light and dark is none of what was built.
    dispatchEvent(new Event("pageshow"));
    document.dispatchEvent(new CustomEvent("briefing:updated"));
  }

  /** The scripts of a page but this one: a changed script needs a page of its own. JSON-LD runs nothing. */
  function scripts(from) {
    const others = [...from.querySelectorAll("script:not([data-briefing-live], [type='application/ld+json'])")];
    return others.map((other) => other.getAttribute("src") ?? other.textContent).join("\n");
  }

  function morph(fresh) {
    const root = document.documentElement;
    for (const { name, value } of fresh.documentElement.attributes) root.setAttribute(name, value);
    for (const name of root.getAttributeNames()) {
      if (!fresh.documentElement.hasAttribute(name)) root.removeAttribute(name);
    }
    const options = {
      ignoreActiveValue: true,
      callbacks: { beforeAttributeUpdated: mayChange },
    };
    keepVersions(fresh);
    // What is in it, not the head itself: that would be put into the other, and every style sheet in it loaded again.
    Idiomorph.morph(document.head, [...fresh.head.childNodes], { ...options, morphStyle: "innerHTML" });
    Idiomorph.morph(document.body, fresh.body, { ...options, morphStyle: "outerHTML" });
  }

  /** Whether an attribute is the author's to change: what the reader opened or typed stays. */
  function mayChange(name, node) {
    if (name === "open") return !(node instanceof HTMLDetailsElement || node instanceof HTMLDialogElement);
    if (name === "value") return !("defaultValue" in node) || node.value === node.defaultValue;
    if (name === "checked") return node.checked === node.defaultChecked;
    return true;
  }

  // --- Styles and pictures -----------------------------------------------------------------------------------------

  const plain = (url) => url.replace(/[?&]briefing-version=\d+$/, "");
  const versioned = (url, number) => `${plain(url)}${plain(url).includes("?") ? "&" : "?"}briefing-version=${number}`;
  const placeOf = (url) => {
    try {
      const full = new URL(url, location.href);
      return full.origin === location.origin ? full.pathname : null;
    } catch {
      return null;
    }
  };

  /** Lets a page that is to be fitted in name the versions that are shown already. */
  function keepVersions(fresh) {
    for (const name of ["href", "src", "srcset"]) {
      const shown = [...document.querySelectorAll(`[${name}*="briefing-version="]`)].map((node) => node.getAttribute(name));
      const versions = new Map(shown.map((url) => [name === "srcset" ? url.replace(/[?&]briefing-version=\d+/g, "") : plain(url), url]));
      if (versions.size === 0) continue;
      for (const node of fresh.querySelectorAll(`[${name}]`)) {
        const version = versions.get(node.getAttribute(name));
        if (version) node.setAttribute(name, version);
      }
    }
  }

  /** Puts new versions of published files in place; all style sheets when `assets` does not say which. */
  function swap(assets, number) {
    const changed = new Set(assets ?? []);
    const sheets = [...document.querySelectorAll('link[rel~="stylesheet"][href]')];
    const direct = sheets.filter((sheet) => changed.has(placeOf(sheet.href)));
    let missed = [...changed].filter((asset) => !direct.some((sheet) => placeOf(sheet.href) === asset));
    for (const node of document.querySelectorAll("img[src], source[src], video[src], audio[src], input[src], link[rel~='icon'][href]")) {
      const name = node.hasAttribute("src") ? "src" : "href";
      const at = placeOf(node.getAttribute(name));
      if (!changed.has(at)) continue;
      missed = missed.filter((asset) => asset !== at);
      node.setAttribute(name, versioned(node.getAttribute(name), number));
    }
    for (const node of document.querySelectorAll("[srcset]")) {
      const parts = node.getAttribute("srcset").split(",").map((part) => part.trim().split(/\s+/));
      if (!parts.some(([url]) => changed.has(placeOf(url)))) continue;
      node.setAttribute("srcset", parts.map(([url, ...more]) => [versioned(url, number), ...more].join(" ")).join(", "));
    }
    // What no element names may be in a style sheet: another one, a picture, a font.
    const used = /\.(css|png|jpe?g|gif|webp|avif|svg|woff2?|ttf|otf)$/i;
    const all = assets === null || missed.some((asset) => used.test(asset));
    for (const sheet of all ? sheets : direct) {
      const next = sheet.cloneNode();
      next.setAttribute("href", versioned(sheet.getAttribute("href"), number));
      next.addEventListener("load", () => sheet.remove());
      next.addEventListener("error", () => next.remove());
      sheet.after(next);
    }
  }

  // --- The stream of events ----------------------------------------------------------------------------------------

  const channel = "BroadcastChannel" in window ? new BroadcastChannel("briefing-live") : null;
  let stream = null;
  let heard = Date.now();

  function hear(name, data) {
    heard = Date.now();
    if (name === "offline") {
      draw.offline(true);
      return;
    }
    draw.offline(false);
    if (name === "findings") {
      draw.count(data);
      return;
    }
    if (name === "snapshot") {
      const missed = files !== null && data.again && data.files !== files;
      files = data.files;
      if (data.assets.length > 0 || missed) swap(missed ? null : data.assets, data.number);
      if (follows() && document.visibilityState === "visible" && data.saved.length > 0 && !data.saved.includes(location.pathname)) {
        location.assign(data.saved[0]);
        return;
      }
    } else if (name === "missed") {
      swap(null, Date.now());
    }
    check();
  }

  function tell(name, data) {
    channel?.postMessage({ name, data });
    hear(name, data);
  }

  let delay = 0;

  /** Listens for as long as the page is there; after a break with the token of the server that answers then. */
  async function listen() {
    clearTimeout(listen.timer);
    try {
      if (delay > 0) await fetchPage();
    } catch {
      retry();
      return;
    }
    let first = true;
    stream = new EventSource(`/_briefing/events?token=${token}`);
    stream.addEventListener("snapshot", ({ data }) => {
      delay = 0;
      tell("snapshot", { ...JSON.parse(data), again: first });
      first = false;
    });
    for (const name of ["findings", "missed"]) {
      stream.addEventListener(name, ({ data }) => tell(name, JSON.parse(data)));
    }
    stream.addEventListener("error", () => {
      stream.close();
      stream = null;
      retry();
    });
  }

  function retry() {
    delay = Math.min(delay * 2 || 200, 2000);
    tell("offline", null);
    clearTimeout(listen.timer);
    listen.timer = setTimeout(listen, delay);
  }

  // Browsers allow six connections to a host: one page of a browser listens for all. Without locks each does.
  if (channel && navigator.locks) {
    channel.addEventListener("message", ({ data: { name, data } }) => hear(name, data));
    navigator.locks.request("briefing-live", () => {
      listen();
      return new Promise(() => {});
    });
    check();
  } else {
    listen();
  }

  // After a sleep a connection may be dead without anyone having said so.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - heard < 30000) return;
    if (stream) {
      stream.close();
      stream = null;
      listen();
    }
    check();
  });

  // --- What is drawn -----------------------------------------------------------------------------------------------

  const follows = () => sessionStorage.getItem("briefing-follow") === "yes";

  const element = (name, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };

  const draw = (() => {
    const host = element("briefing-live");
    const root = host.attachShadow({ mode: "open" });
    root.append(element("link", { rel: "stylesheet", href: "/_briefing/live.css" }));
    const badge = element("button", { className: "badge", type: "button", hidden: true });
    const ribbon = element("div", { className: "ribbon", hidden: true });
    const panel = element("section", { className: "panel", hidden: true, ariaLabel: "What is to be known of this page" });
    const overlay = element("section", { className: "overlay", hidden: true, role: "alert" });
    const gone = element("div", { className: "gone", hidden: true, role: "status" });
    root.append(ribbon, gone, overlay, panel, badge);
    document.documentElement.append(host);

    let known = { errors: 0, warnings: 0, complete: false, stale: false };
    let off = false;

    const several = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

    function label() {
      const parts = [];
      if (off) parts.push("no server");
      if (known.stale) parts.push("old pages");
      if (known.errors > 0) parts.push(several(known.errors, "error"));
      if (known.warnings > 0) parts.push(several(known.warnings, "warning"));
      badge.textContent = parts.join(", ") || "briefing";
      badge.className = `badge${off || known.stale || known.errors > 0 ? " bad" : known.warnings > 0 ? " warn" : ""}`;
      badge.hidden = false;
    }

    const link = (text, href) => (href ? element("a", { textContent: text, href }) : element("span", { textContent: text }));

    function finding({ severity, text, file, line, editor, url }) {
      const place = element("p", { className: "place" }, link(`${file}:${line}`, editor));
      if (url && url !== location.pathname) place.append(" ", link("page", url));
      return element("li", { className: severity }, place, element("pre", { textContent: text }));
    }

    function list(title, items) {
      if (items.length === 0) return [];
      return [element("h2", { textContent: title }), element("ul", {}, ...items.map((item) => element("li", {}, link(item.title, item.url))))];
    }

    function findings(title, items) {
      if (items.length === 0) return [];
      return [element("h2", { textContent: title }), element("ol", {}, ...items.map(finding))];
    }

    function due({ day, late, text, file, editor, url }) {
      const place = element("p", { className: "place" }, `${day}${late ? ", late" : ""}: `, link(file, editor));
      if (url && url !== location.pathname) place.append(" ", link("page", url));
      return element("li", { className: late ? "late" : "" }, place, element("p", { textContent: text }));
    }

    function dues({ due: items, late, more_due: more }) {
      if (items.length === 0) return [];
      const title = element("summary", { textContent: `Due: ${late} late, ${items.length + more - late} within 30 days` });
      const rest = more > 0 ? [element("p", { textContent: `and ${more} more: briefing due` })] : [];
      return [element("details", { open: late > 0 }, title, element("ol", {}, ...items.map(due)), ...rest)];
    }

    function words() {
      const body = document.querySelector(".e-content");
      if (!body) return null;
      const parts = new Intl.Segmenter(document.documentElement.lang || "en", { granularity: "word" }).segment(body.textContent);
      return [...parts].filter((part) => part.isWordLike).length;
    }

    async function open() {
      let found;
      try {
        found = await ask("panel");
      } catch {
        return;
      }
      const follow = element("input", { type: "checkbox", checked: follows() });
      follow.addEventListener("change", () => sessionStorage.setItem("briefing-follow", follow.checked ? "yes" : "no"));
      const count = words();
      const close = element("button", { type: "button", textContent: "close" });
      close.addEventListener("click", shut);
      const source = element("p", {}, link(found.source ?? "a page of the site itself", found.editor));
      if (count !== null) source.append(`, ${several(count, "word")}`);
      panel.replaceChildren(
        close,
        source,
        element("label", {}, follow, " go to the page that I just saved"),
        ...findings("On this page", found.here),
        ...findings("Elsewhere", found.elsewhere),
        ...(found.more > 0 ? [element("p", { textContent: `and ${found.more} more` })] : []),
        element("p", { className: "sweep", textContent: found.complete ? "Every page was looked over." : "Not every page was looked over yet." }),
        ...dues(found),
        ...list("Named here", found.names),
        ...list("Pages that lead here", found.linked),
      );
      panel.hidden = false;
      close.focus();
    }

    function shut() {
      panel.hidden = true;
      badge.focus();
    }

    badge.addEventListener("click", () => (panel.hidden ? open() : shut()));
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !panel.hidden) shut();
    });
    label();

    return {
      state(state) {
        known = state;
        ribbon.textContent = state.ribbon ?? "";
        ribbon.hidden = !state.ribbon;
        label();
        if (!panel.hidden) open();
      },
      count(count) {
        known = { ...known, ...count };
        label();
        if (!panel.hidden) open();
      },
      offline(is) {
        if (off === is) return;
        off = is;
        label();
      },
      overlay(faults) {
        overlay.hidden = faults === null;
        if (faults === null) return;
        const close = element("button", { type: "button", textContent: "show the page as it was" });
        close.addEventListener("click", () => (overlay.hidden = true));
        overlay.replaceChildren(element("h1", { textContent: "This page has errors" }), element("ol", {}, ...faults.map(finding)), close);
      },
      gone(state) {
        gone.hidden = state === null;
        if (state === null) return;
        gone.replaceChildren("This page is no longer there.");
        if (state.moved) gone.append(" It is now ", link(state.moved.title, state.moved.url), ".");
      },
    };
  })();
})();
