/**
 * Builds what the pages need of third-party packages: copies what needs no bundling, bundles the rest.
 *
 * Run after `npm ci --ignore-scripts`, from this folder. Writes `../build/static/vendor` (served to browsers)
 * and `../build/fonts` (for pictures drawn on the server). The same lock gives the same bytes: nothing here
 * depends on the time or the machine. A stamp of everything that goes in makes a second run end at once.
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, "node_modules");
const BUILD = join(HERE, "..", "build");
const VENDOR = join(BUILD, "static", "vendor");
const FONTS = join(BUILD, "fonts");

/** The oldest browsers we serve: the last for Windows 7 and for the iPads that schools lend. */
const TARGET = ["chrome109", "safari15.4", "firefox115"];

/** Served as they come: from (in node_modules) to (in vendor). */
const COPIES = [
  ["bootstrap/dist/css/bootstrap.min.css", "bootstrap.min.css"],
  ["htmx.org/dist/htmx.min.js", "htmx.min.js"],
  ["katex/dist/katex.mjs", "katex/katex.mjs", { minify: true }],
  ["katex/dist/contrib/auto-render.mjs", "katex/auto-render.mjs", { minify: true }],
  ["katex/dist/contrib/mhchem.mjs", "katex/mhchem.mjs", { minify: true }],
  ["pdfjs-dist/legacy/build/pdf.min.mjs", "pdf/pdf.mjs"],
  ["pdfjs-dist/legacy/build/pdf.worker.min.mjs", "pdf/worker.mjs"],
  ["h5p-standalone/dist/main.bundle.js", "h5p/main.js"],
  ["h5p-standalone/dist/frame.bundle.js", "h5p/frame.js"],
  ["h5p-standalone/dist/styles/h5p.css", "h5p/styles/h5p.css"],
  ["scorm-again/dist/scorm12.min.js", "scorm/scorm_12.js"],
  ["scorm-again/dist/scorm2004.min.js", "scorm/scorm_2004.js"],
  ["pdfjs-dist/wasm/openjpeg_nowasm_fallback.js", "pdf/decoders/openjpeg_nowasm_fallback.js"],
];

/**
 * Folders that pdf.js reads while it draws (the tables of Chinese encodings, and the fonts a file need not bring), and
 * those to which H5P's styles lead.
 */
const FOLDERS = [
  ["h5p-standalone/dist/fonts", "h5p/fonts"],
  ["h5p-standalone/dist/images", "h5p/images"],
  ["pdfjs-dist/cmaps", "pdf/cmaps"],
  ["pdfjs-dist/standard_fonts", "pdf/fonts"],
];

/** Bundled: entry (in this folder) to module (in vendor). */
const BUNDLES = [
  ["player.js", "player.js"],
  ["hls.js", "hls.js"],
  ["formula.js", "formula.js"],
];

/** Read, never served: for the pictures that the server draws. */
const FONT_FILES = ["chinese-simplified", "latin"].flatMap((subset) =>
  [400, 700].flatMap((weight) => [`noto-sans-sc-${subset}-${weight}-normal.woff`, `noto-sans-sc-${subset}-${weight}-normal.woff2`]),
);

/** Packages whose code reaches a browser or a picture. */
const SHIPPED = ["@fontsource/noto-sans-sc", "@tabler/icons", "bootstrap", "ce-la-react", "h5p-standalone", "hls.js", "htmx.org", "katex", "mathlive", "media-chrome", "pdfjs-dist", "scorm-again"];

/** What a package brings along under another licence than its own. */
const BROUGHT_ALONG = {
  "h5p-standalone":
    "h5p/frame.js and h5p/styles/h5p.css are scripts and styles of H5P's core (https://github.com/h5p/h5p-php-library),\n" +
    "under the GNU General Public License, version 3 (https://www.gnu.org/licenses/gpl-3.0.txt).",
};

const COMPRESSED = /\.(css|js|mjs|svg)$/;
const SMALLEST_COMPRESSED = 1024;

/** @param {string} file */
const packaged = (file) => join(MODULES, file);

/** @param {string | Buffer} content */
const sha = (content, kind = "sha256", form = "hex") => createHash(kind).update(content).digest(form);

/** @param {string} folder @returns {string[]} relative paths of all files, sorted */
function filesIn(folder) {
  const found = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path).map((name) => join(entry.name, name)) : [entry.name];
  });
  return found.sort();
}

function stampOfInputs() {
  const inputs = ["build.mjs", "icons.txt", "package-lock.json", ...filesIn(join(HERE, "src")).map((name) => `src/${name}`)];
  return sha(inputs.map((name) => sha(readFileSync(join(HERE, name)))).join("\n"));
}

function isBuilt(stamp) {
  const path = join(VENDOR, "stamp");
  return existsSync(path) && readFileSync(path, "utf8") === stamp && FONT_FILES.every((file) => existsSync(join(FONTS, file)));
}

/** @param {string} out @param {typeof import("esbuild")} esbuild */
async function copyFiles(out, esbuild) {
  for (const [from, to, { minify = false } = {}] of COPIES) {
    const target = join(out, to);
    mkdirSync(dirname(target), { recursive: true });
    const text = readFileSync(packaged(from), "utf8").replace(/\n?\/[/*]# sourceMappingURL=\S+( \*\/)?\s*$/, "\n");
    if (!minify) {
      writeFileSync(target, text);
      continue;
    }
    const { code } = await esbuild.transform(text, { minify: true, target: TARGET, format: "esm", legalComments: "inline" });
    // Beside each other in vendor/katex, not one folder up as in the package.
    writeFileSync(target, code.replaceAll('"../katex.mjs"', '"./katex.mjs"'));
  }
}

/** KaTeX's styles with WOFF2 only: each browser we serve reads it. @param {string} out */
function copyFormulaStyles(out) {
  const css = readFileSync(packaged("katex/dist/katex.min.css"), "utf8");
  const slim = css.replace(/,url\([^)]+\.woff\) format\("woff"\)/g, "").replace(/,url\([^)]+\.ttf\) format\("truetype"\)/g, "");
  if (/\.(woff|ttf)\)/.test(slim)) throw new Error("KaTeX's styles have a form that build.mjs does not know");
  writeFileSync(join(out, "katex", "katex.min.css"), slim);
  for (const file of filesIn(packaged("katex/dist/fonts")).filter((name) => name.endsWith(".woff2"))) {
    cpSync(packaged(`katex/dist/fonts/${file}`), join(out, "katex", "fonts", file));
  }
}

/**
 * Media Chrome writes `<style>` into its shadow roots, which the content policy takes only with the answer's
 * nonce, and a picture without text. MathLive writes `style` attributes, which the policy does not take at all;
 * that of long arrows stands without quotation marks.
 */
const underOurPolicy = {
  name: "under-our-policy",
  setup(build) {
    build.onLoad({ filter: /[\\/]media-chrome[\\/]dist[\\/].*\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8").replace("<img crossorigin", '<img alt="" crossorigin');
      if (!/<style[ >]/.test(source)) return { contents: source };
      const nonce = JSON.stringify(join(HERE, "src", "nonce.js"));
      const contents = source.replaceAll(/<style(?=[ >])/g, '<style nonce="${pageNonce}"');
      return { contents: `import { nonce as pageNonce } from ${nonce};\n${contents}` };
    });
    build.onLoad({ filter: /[\\/]mathlive[\\/]mathlive\.mjs$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const markup = source.replaceAll(/(?<![\w.-])style=(["']|\$\{|height:)/g, "data-style=$1");
      const contents = markup.replaceAll(/([\w.]+)\.innerHTML = (?!"";)/g, "underPolicy($1).innerHTML = ");
      if (contents === markup || markup === source) throw new Error("MathLive has a form that build.mjs does not know");
      return { contents: `import { underPolicy } from ${JSON.stringify(join(HERE, "src", "under-policy.js"))};\n${contents}` };
    });
  },
};

/** @param {string} out @param {typeof import("esbuild")} esbuild */
async function bundle(out, esbuild) {
  for (const [entry, to] of BUNDLES) {
    await esbuild.build({
      entryPoints: [join(HERE, "src", entry)],
      outfile: join(out, to),
      absWorkingDir: HERE,
      bundle: true,
      format: "esm",
      legalComments: "inline",
      logLevel: "warning",
      minify: true,
      plugins: [underOurPolicy],
      target: TARGET,
    });
  }
}

/** @param {string} out */
function copyFolders(out) {
  for (const [from, to] of FOLDERS) cpSync(packaged(from), join(out, to), { recursive: true });
}

/** One sprite of the icons that are used. @param {string} out */
function drawSprite(out) {
  const names = readFileSync(join(HERE, "icons.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  const symbols = names.map((name) => {
    const svg = readFileSync(packaged(`@tabler/icons/icons/outline/${name}.svg`), "utf8");
    const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    const drawn = shapes.replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${drawn}</symbol>`;
  });
  writeFileSync(join(out, "sprite.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
}

/** @param {string} out */
function gatherLicences(out) {
  const texts = SHIPPED.map((name) => {
    const { version, license } = JSON.parse(readFileSync(packaged(`${name}/package.json`), "utf8"));
    const file = readdirSync(packaged(name)).find((each) => /^licen[cs]e(\.(md|txt))?$/i.test(each));
    const text = file ? readFileSync(packaged(`${name}/${file}`), "utf8").trim() : `Licensed under ${license}.`;
    const brought = name in BROUGHT_ALONG ? `\n\n${BROUGHT_ALONG[name]}` : "";
    return `${name} ${version} (${license})\n\n${text}${brought}\n`;
  });
  writeFileSync(join(out, "LICENSES.txt"), texts.join(`\n${"-".repeat(78)}\n\n`));
}

/** @param {string} out */
function writeManifest(out) {
  const hashes = filesIn(out).map((name) => [name.replaceAll("\\", "/"), `sha384-${sha(readFileSync(join(out, name)), "sha384", "base64")}`]);
  writeFileSync(join(out, "manifest.json"), `${JSON.stringify(Object.fromEntries(hashes), null, 1)}\n`);
}

/** Compressed once here, as well as it goes, rather than on each request. @param {string} out */
function compress(out) {
  for (const name of filesIn(out).filter((each) => COMPRESSED.test(each))) {
    const content = readFileSync(join(out, name));
    if (content.length < SMALLEST_COMPRESSED) continue;
    writeFileSync(join(out, `${name}.gz`), gzipSync(content, { level: 9 }));
    writeFileSync(
      join(out, `${name}.br`),
      brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    );
  }
}

function copyFonts() {
  mkdirSync(FONTS, { recursive: true });
  for (const file of FONT_FILES) cpSync(packaged(`@fontsource/noto-sans-sc/files/${file}`), join(FONTS, file));
  cpSync(packaged("@fontsource/noto-sans-sc/LICENSE"), join(FONTS, "LICENSE"));
}

async function main() {
  const stamp = stampOfInputs();
  if (isBuilt(stamp)) {
    console.log("Front-end packages are up to date.");
    return;
  }
  const esbuild = await import("esbuild");
  // Built beside, then moved into place: a build that stops half-way leaves the last one standing.
  const out = join(BUILD, "static", ".vendor-new");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await copyFiles(out, esbuild);
  copyFormulaStyles(out);
  copyFolders(out);
  await bundle(out, esbuild);
  drawSprite(out);
  gatherLicences(out);
  writeManifest(out);
  compress(out);
  copyFonts();
  writeFileSync(join(out, "stamp"), stamp);
  rmSync(VENDOR, { recursive: true, force: true });
  renameSync(out, VENDOR);
  console.log(`Front-end packages are built: ${filesIn(VENDOR).length} files in ${relative(process.cwd(), VENDOR)}.`);
}

await main();
