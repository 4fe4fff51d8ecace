"use strict";
{
  const articles = [...document.querySelectorAll("article")];
  const buttons = [...document.querySelectorAll(".counts button")];
  const words = document.getElementById("words");

  const show = () => {
    const off = new Set(buttons.filter((b) => b.getAttribute("aria-pressed") === "false").map((b) => b.dataset.of));
    const wanted = words.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (text) => wanted.every((word) => text.includes(word));
    let left = 0;
    for (const article of articles) {
      const named = holds(text(article.querySelector("h2")));
      let any = 0;
      for (const change of article.querySelectorAll(".change")) {
        change.hidden = off.has(change.dataset.of) || !(named || holds(text(change)));
        any += !change.hidden;
      }
      article.hidden = !any;
      left += any;
    }
    document.getElementById("left").textContent = `${left} 处`;
    document.getElementById("none").hidden = left > 0;
  };
  const text = (element) => element.textContent.normalize("NFKC").toLowerCase();

  for (const button of buttons) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") === "false"));
      show();
    });
  }
  words.addEventListener("input", show);
  document.querySelector(".filter").addEventListener("submit", (event) => event.preventDefault());
  show();
}
