// Keys for whoever decides about many articles. Everything works without this file.
"use strict";
(() => {
  const items = () => [...document.querySelectorAll(".item")];
  const hint = document.querySelector(".keys");
  if (hint) hint.hidden = false;

  // Where the last form was, so that the next article is at hand after a decision.
  const place = "meja-tempat";
  let current = -1;

  const go = (number) => {
    const all = items();
    if (!all.length) return;
    current = Math.max(0, Math.min(all.length - 1, number));
    all[current].focus({ preventScroll: true });
    all[current].scrollIntoView({ block: "nearest" });
  };

  const press = (key) => {
    const item = items()[Math.max(current, 0)];
    const target = item && item.querySelector(`[data-key="${key}"]`);
    if (!target) return false;
    if (target.tagName === "SUMMARY") {
      target.parentElement.open = true;
      target.parentElement.querySelector("input:not([type=hidden])").focus();
    } else {
      target.click();
    }
    return true;
  };

  document.addEventListener("focusin", (event) => {
    const item = event.target.closest(".item");
    if (item) current = items().indexOf(item);
  });
  document.addEventListener("submit", () => {
    try { sessionStorage.setItem(place, String(current)); } catch { /* not allowed: no place */ }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "j") go(current + 1);
    else if (event.key === "k") go(current - 1);
    else if (!["a", "h", "r", "o", "b", "l", "u", "m", "T"].includes(event.key) || !press(event.key)) return;
    event.preventDefault();
  });

  try {
    const before = sessionStorage.getItem(place);
    sessionStorage.removeItem(place);
    if (Number(before ?? -1) >= 0 && document.querySelector(".items")) go(Number(before));
  } catch { /* not allowed: from the top */ }
})();
