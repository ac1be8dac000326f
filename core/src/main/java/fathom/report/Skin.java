package fathom.report;

/** How pages look, and the script that adds what one can do without. */
final class Skin {
    static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1c1c1c; --dim: #5c5c5c; --ground: #ffffff; --panel: #f5f5f3; --edge: #d9d9d5; --link: #0060a0; --warn: #fff4d6; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e8e8e6; --dim: #a3a3a0; --ground: #16181d; --panel: #21242b; --edge: #3a3e47; --link: #6cb6f0; --warn: #3b3212; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; }
            main { max-width: 1000px; margin: 0 auto; padding: 24px 20px 64px; overflow-wrap: anywhere; }
            h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 8px; }
            h2 { font-size: 1.35rem; margin: 48px 0 8px; padding-top: 12px; border-top: 1px solid var(--edge); }
            h3 { font-size: 1.05rem; margin: 28px 0 8px; }
            h3 small, .interval { font-weight: normal; color: var(--dim); }
            p { margin: 8px 0; max-width: 46rem; }
            .over, .note, figcaption { color: var(--dim); font-size: .875rem; }
            .over { margin: 0; }
            .question { font-size: 1.15rem; }
            .answer { font-size: 1.15rem; }
            .answer strong { font-size: 1.9rem; }
            .interval { white-space: nowrap; font-size: 1rem; }
            .warning { background: var(--warn); border: 1px solid var(--edge); border-radius: 6px; padding: 8px 12px; max-width: none; }
            header dl { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 16px 0 0; }
            header dl dt { color: var(--dim); font-size: .875rem; margin-right: -20px; align-self: center; }
            header dl dd { margin: 0; }
            details { margin: 12px 0; }
            summary { cursor: pointer; }
            details dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 2px 16px; font-size: .875rem; }
            details dt { color: var(--dim); }
            details dd { margin: 0; }
            code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .875em; }
            pre { background: var(--panel); border: 1px solid var(--edge); border-radius: 6px; padding: 10px 12px; overflow-x: auto; overflow-wrap: normal; }
            .scroll { overflow-x: auto; max-width: 100%; }
            table { border-collapse: collapse; font-size: .9rem; margin: 12px 0; }
            th, td { overflow-wrap: break-word; text-align: left; padding: 3px 14px 3px 0; border-bottom: 1px solid var(--edge); vertical-align: top; }
            th { font-weight: 600; color: var(--dim); }
            td { max-width: 24rem; }
            #differences td { overflow-wrap: anywhere; }
            .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            figure { margin: 12px 0; min-width: 0; }
            figure svg { display: block; max-width: 100%; height: auto; }
            figure.wide { overflow-x: auto; }
            figcaption { margin: 4px 0 0 12px; max-width: 46rem; }
            .row { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 8px 20px; align-items: start; }
            .beside { display: flex; flex-wrap: wrap; gap: 8px 28px; align-items: flex-start; }
            .beside > * { min-width: 0; max-width: 100%; }
            .beside > div { flex: 1 1 320px; }
            .beside td:first-child { max-width: 8rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
            .still, td code { white-space: nowrap; }
            .toggles { list-style: none; display: flex; flex-wrap: wrap; gap: 6px; margin: 12px 0; padding: 0; }
            .toggles[hidden] { display: none; }
            .toggles button { font: inherit; font-size: .875rem; color: inherit; background: var(--panel); border: 1px solid var(--edge); border-radius: 14px; padding: 1px 12px; cursor: pointer; max-width: 16rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
            .toggles button[aria-pressed="false"] { opacity: .45; text-decoration: line-through; }
            .toggles button:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
            .off { opacity: .05; pointer-events: none; }
            circle.lit { stroke: var(--ink); stroke-width: 3; fill-opacity: 1; }
            rect.lit { stroke: var(--ink); stroke-width: 2; }
            @media (max-width: 700px) { figure.wide svg { max-width: max(100%, 640px); } h1 { font-size: 1.6rem; } .interval { white-space: normal; } }
            @media print {
              :root { --ink: #000000; --dim: #444444; --ground: #ffffff; --panel: #f5f5f3; --edge: #bbbbbb; --warn: #ffffff; color-scheme: light; }
              body { font-size: 11pt; }
              main { max-width: none; padding: 0; }
              figure, tr, .warning { break-inside: avoid; }
              h2, h3 { break-after: avoid; }
              .row { grid-template-columns: 1fr 1fr; }
              .toggles { display: none; }
              .scroll, figure.wide { overflow: visible; }
              pre { white-space: pre-wrap; }
            }
            """;

    /** Switches for classes, and the same example lit on all maps; the page says all it has to say without it. */
    static final String SCRIPT = """

            "use strict";
            for (const list of document.querySelectorAll(".toggles")) {
              const section = list.closest("section");
              list.hidden = false;
              list.addEventListener("click", event => {
                const button = event.target.closest("button");
                if (!button) return;
                const shown = button.getAttribute("aria-pressed") !== "true";
                button.setAttribute("aria-pressed", String(shown));
                for (const part of section.querySelectorAll("svg .c" + Number(button.dataset.class))) {
                  part.classList.toggle("off", !shown);
                }
              });
            }
            for (const section of document.querySelectorAll("#maps")) {
              let lit = [];
              section.addEventListener("pointerover", event => {
                for (const part of lit) part.classList.remove("lit");
                const point = event.target.closest("[data-index]");
                lit = point ? section.querySelectorAll('[data-index="' + Number(point.dataset.index) + '"]') : [];
                for (const part of lit) part.classList.add("lit");
              });
            }
            """;

    private Skin() {}
}
