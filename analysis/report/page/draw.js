"use strict";
(() => {
    const french = document.documentElement.lang === "fr";
    const numbers = french
        ? {decimal: ",", thousands: "\u00a0", grouping: [3], currency: ["", "\u00a0\u20ac"]}
        : {decimal: ".", thousands: ",", grouping: [3], currency: ["", ""]};
    vega.formatLocale(numbers);

    // Colours are names of the style sheet, so that light, dark and print need no new drawing.
    const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
    const config = {
        background: "transparent", font,
        view: {stroke: null},
        axis: {
            labelColor: "var(--ink)", titleColor: "var(--muted)", domainColor: "var(--line)",
            tickColor: "var(--line)", gridColor: "var(--line)", gridOpacity: 0.6,
            labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal",
        },
        legend: {
            orient: "top", labelColor: "var(--ink)", titleColor: "var(--muted)",
            labelFontSize: 12, labelLimit: 260, titleFontSize: 12, titleFontWeight: "normal",
        },
        title: {color: "var(--ink)"},
        text: {fill: "var(--ink)", fontSize: 12},
    };
    // Rows of fixed height draw a warning that means nothing to a reader.
    const logger = vega.logger(vega.Error);
    const views = new Map();

    function specOf(drawing) {
        return JSON.parse(drawing.parentElement.querySelector("script").textContent);
    }

    /// On a narrow page the names of rows stand over them, not beside them.
    function fitted(spec, width) {
        if (width >= 560 || !spec.encoding || !spec.encoding.y) return spec;
        const axis = spec.encoding.y.axis;
        if (spec.usermeta && spec.usermeta.narrow === "labels above") {
            const lines = axis.labelExpr ? 2 : 1;
            Object.assign(axis, {
                labelAlign: "left", labelBaseline: lines > 1 ? "middle" : "bottom", labelPadding: -2,
                labelOffset: -spec.usermeta.over, labelLimit: width - 10, labelFontSize: 11, grid: false, zindex: 1,
            });
            spec.height.step += spec.usermeta.over;
        } else if (axis && axis.labelLimit) {
            Object.assign(axis, {labelLimit: Math.round(width * 0.45), labelFontSize: 11});
        }
        return spec;
    }

    /// Legends of one column where there is no room for two.
    function configFor(width) {
        if (width >= 560) return config;
        return {...config, legend: {...config.legend, columns: 1, labelLimit: width - 60}};
    }

    async function draw(drawing) {
        if (views.has(drawing)) return;
        views.set(drawing, null);
        const words = drawing.getAttribute("aria-label");
        const width = drawing.clientWidth;
        const {spec} = vegaLite.compile(fitted(specOf(drawing), width), {config: configFor(width), logger});
        const result = await vegaEmbed(drawing, spec, {
            mode: "vega", renderer: "svg", actions: false, formatLocale: numbers, logLevel: vega.Error,
        });
        views.set(drawing, result.view);
        // Vega puts words of its own in place of the drawing's; its marks are no stops on the way.
        drawing.setAttribute("role", "img");
        drawing.setAttribute("aria-label", words);
        drawing.removeAttribute("aria-roledescription");
        for (const svg of drawing.querySelectorAll("svg")) svg.setAttribute("aria-hidden", "true");
    }

    const isShown = drawing => !drawing.closest("details:not([open])");
    const drawings = [...document.querySelectorAll(".drawing")];
    /// From the top, letting the reader scroll in between.
    async function drawInTurn(list) {
        for (const drawing of list) {
            await draw(drawing);
            await new Promise(resolve => setTimeout(resolve));
        }
    }
    window.drawn = drawInTurn(drawings.filter(isShown));

    for (const details of document.querySelectorAll("details")) {
        details.addEventListener("toggle", () => {
            const before = window.drawn;
            window.drawn = before.then(() => drawInTurn([...details.querySelectorAll(".drawing")].filter(isShown)));
        });
    }

    /// The value of a colour's name on a light page, whatever this one is: exports go to paper.
    function lightColours() {
        // Vega brings style sheets of its own; the page's first :root is that of the light page.
        const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]);
        const {style} = rules.find(rule => rule.selectorText === ":root" && rule.style.getPropertyValue("--paper"));
        const names = [...style].filter(name => name.startsWith("--"));
        return Object.fromEntries(names.map(name => [name, style.getPropertyValue(name).trim()]));
    }

    /// Words cut into lines of about so many letters.
    function lines(text, letters) {
        const cut = [""];
        for (const word of text.split(" ")) {
            if (cut.at(-1) && cut.at(-1).length + word.length >= letters) cut.push("");
            cut[cut.length - 1] += (cut.at(-1) ? " " : "") + word;
        }
        return cut;
    }

    function save(name, content) {
        const link = document.createElement("a");
        link.download = name;
        link.href = content;
        link.click();
    }

    async function exportDrawing(button) {
        const panel = button.closest(".panel");
        const drawing = panel.querySelector(".drawing");
        const title = button.closest("figure").querySelector("h3").textContent;
        const heading = panel.querySelector("h4");
        const spec = specOf(drawing);
        spec.width = 720; // whatever page it was on: it goes into a document
        spec.padding = 12;
        spec.title = {text: lines(title, 84), subtitle: heading ? heading.textContent : "", anchor: "start", frame: "bounds"};
        const colours = lightColours();
        const resolved = JSON.parse(JSON.stringify({...spec, config: {...config, background: colours["--paper"]}})
            .replace(/var\((--[a-z0-9-]+)\)/g, (whole, name) => colours[name]));
        const view = new vega.View(vega.parse(vegaLite.compile(resolved, {logger}).spec), {renderer: "none"});
        const shown = views.get(drawing);
        if (shown && panel.closest("figure").querySelector(".slider")) view.signal("month", shown.signal("month"));
        const format = button.dataset.format;
        save(`${button.dataset.name}.${format}`, await view.toImageURL(format, format === "png" ? 2 : 1));
        view.finalize();
    }

    for (const button of document.querySelectorAll(".export button"))
        button.addEventListener("click", () => exportDrawing(button));

    for (const button of document.querySelectorAll(".attachment")) {
        button.addEventListener("click", () => {
            const text = JSON.parse(button.parentElement.querySelector("script").textContent);
            save(button.dataset.name, "data:text/plain;charset=utf-8," + encodeURIComponent(text));
        });
    }

    for (const slider of document.querySelectorAll(".slider")) {
        const figure = slider.closest("figure");
        const range = slider.querySelector("input");
        const button = slider.querySelector("button");
        const captions = JSON.parse(slider.querySelector("script").textContent);
        let timer = null;
        const stop = () => {
            clearInterval(timer);
            timer = null;
            button.textContent = button.dataset.play;
        };
        const show = () => {
            const month = Number(range.value);
            slider.querySelector("output").textContent = captions[month];
            range.setAttribute("aria-valuetext", captions[month]);
            for (const drawing of figure.querySelectorAll(".drawing")) {
                const view = views.get(drawing);
                if (view) view.signal("month", month).runAsync();
            }
        };
        range.addEventListener("input", () => { stop(); show(); });
        button.addEventListener("click", () => {
            if (timer) return stop();
            if (range.value === range.max) range.value = 0;
            button.textContent = button.dataset.stop;
            timer = setInterval(() => {
                if (range.value === range.max) return stop();
                range.value = Number(range.value) + 1;
                show();
            }, 120);
        });
    }
})();
