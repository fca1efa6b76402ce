// Light or dark, as the reader chose. No module: it runs before anything is shown.
{
  const root = document.documentElement;
  const show = () => {
    let chosen;
    try {
      chosen = localStorage.appearance;
    } catch {}
    if (/^(light|dark)$/.test(chosen)) root.dataset.theme = chosen;
    else delete root.dataset.theme;
    const choice = document.querySelector(".appearance");
    if (!choice) return;
    choice.hidden = false;
    choice.querySelector(`[value=${root.dataset.theme ?? "auto"}]`).checked = true;
    choice.onchange = ({ target }) => {
      try {
        localStorage.appearance = target.value;
        show();
      } catch {
        root.dataset.theme = target.value;
      }
    };
  };
  show();
  for (const event of ["DOMContentLoaded", "pageshow", "storage"]) addEventListener(event, show);
}
