"use strict";
// Opens pages as a reader does, network off, and prints what it saw of each as JSON.
// node look.cjs '{"chromium": "...", "folder": "...", "looks": [{"page", "name", "width", ...}]}'
const {chromium} = require("playwright-core");

const quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/// Runs in the page: every drawing with its size and number of marks.
function drawings() {
    return [...document.querySelectorAll(".drawing")].map(drawing => {
        const svg = drawing.querySelector("svg");
        const box = svg ? svg.getBoundingClientRect() : {width: 0, height: 0};
        return {
            figure: drawing.closest("figure").id, words: drawing.getAttribute("aria-label"), width: box.width, height: box.height,
            marks: svg ? svg.querySelectorAll(".mark-symbol path, .mark-rect path, .mark-line path, .mark-rule line").length : 0,
        };
    });
}

/// Runs in the page: all that a reader reads, but for what the user or the file wrote.
function words() {
    const copy = document.body.cloneNode(true);
    for (const part of copy.querySelectorAll("script, style, [translate=no]")) part.remove();
    for (const row of copy.querySelectorAll("[id^=provenance] td")) row.remove();
    return copy.textContent;
}

async function look(browser, folder, wanted) {
    const context = await browser.newContext({
        viewport: {width: wanted.width, height: 900}, colorScheme: wanted.scheme || "light", offline: true,
    });
    const page = await context.newPage();
    const errors = [];
    page.on("console", message => { if (message.type() === "error") errors.push(message.text()); });
    page.on("pageerror", error => errors.push(String(error)));
    page.on("request", request => { if (!/^(file|data|blob):/.test(request.url())) errors.push("asked for " + request.url()); });
    page.on("console", message => { if (message.type() === "warning") errors.push(message.text()); });
    const start = Date.now();
    await page.goto("file://" + wanted.page);
    await page.evaluate(() => window.drawn);
    const seen = {name: wanted.name, milliseconds: Date.now() - start};
    if (wanted.media) await page.emulateMedia({media: wanted.media});
    await page.screenshot({path: `${folder}/${wanted.name}.png`, fullPage: true});
    if (wanted.slider) seen.slider = await moveSlider(page);
    if (wanted.save) seen.saved = await saveAll(page);
    await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
    await page.waitForTimeout(100);
    await page.evaluate(() => window.drawn);
    seen.drawings = await page.evaluate(drawings);
    seen.words = await page.evaluate(words);
    seen.overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    seen.nameless = await page.evaluate(() => [...document.querySelectorAll(".drawing")].filter(d => !d.getAttribute("aria-label")).length);
    seen.errors = errors;
    await context.close();
    return seen;
}

/// By the keyboard, as a reader without a mouse does.
async function moveSlider(page) {
    const fills = () => page.evaluate(() => [...document.querySelectorAll("#network .mark-symbol path")].map(p => p.getAttribute("fill")).join());
    const said = () => page.evaluate(() => document.querySelector(".slider output").textContent);
    const before = [await said(), await fills()];
    await page.focus(".slider input");
    await page.keyboard.press("Home");
    await page.waitForTimeout(300);
    return {before, after: [await said(), await fills()]};
}

async function saveAll(page) {
    const saved = {};
    for (const format of ["png", "svg"]) {
        const [download] = await Promise.all([
            page.waitForEvent("download"), page.click(`.export button[data-format=${format}]`)]);
        const stream = await download.createReadStream();
        const parts = [];
        for await (const part of stream) parts.push(part);
        const bytes = Buffer.concat(parts);
        const colours = format === "svg" ? bytes.toString().match(/(?:fill|stroke)="[^"]*"/g) || [] : [];
        saved[format] = {
            size: bytes.length, start: bytes.subarray(0, 4).toString("latin1"), names: bytes.includes("var(--"),
            colours: [...new Set(colours.map(colour => colour.replace(/.*="|"/g, "")))],
        };
    }
    return saved;
}

(async () => {
    const {chromium: executablePath, folder, looks} = JSON.parse(process.argv[2]);
    const browser = await chromium.launch({executablePath, args: quiet});
    const seen = [];
    for (const wanted of looks) seen.push(await look(browser, folder, wanted));
    await browser.close();
    console.log(JSON.stringify(seen));
})().catch(error => { console.error(error); process.exit(1); });
