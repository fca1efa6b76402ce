// Where there is no page: the words of the address, in the box of the search, which searches for them.
const { folder } = document.getElementById("b-results").dataset;
// Without the folder of the language, which has the search, and those of its lists.
let path = location.pathname.replace(folder.replace("search/", ""), "/");
try {
  path = decodeURIComponent(path);
} catch {}
path = path.replace(/^.(articles|facts|faq|players|sources|topics)\/|(\/index)?\.\w+$/g, "/");
const words = path.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => /\p{L}/u.test(word));
// Of a search that the site had elsewhere, or where a host kept it: what was searched for.
const asked = new URLSearchParams(location.search).get("q")?.trim();
document.querySelector("#b-search input").value = (asked || words.join(" ")).slice(0, 200);
import("./search.js");
