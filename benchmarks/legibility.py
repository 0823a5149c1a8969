"""Photographed pages made small in a real browser: how large they become, and what is left of the writing.

Two figures, each held against the photograph itself, say whether writing can still be read: SSIM of the
luminance, and how steep the edges of the strokes still are. Beside ours stand a fixed size with four
qualities, as we had it before, and what is often done: 1,280 pixels at quality 0.7.
"""

import base64
import io
import os
import shutil
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageDraw
from playwright.sync_api import Page, sync_playwright
from scipy.ndimage import gaussian_filter, sobel

from benchmarks.harness import Report, served_application
from tests.webs import served

WIDTH, HEIGHT = 3024, 4032
"""Twelve megapixels, as phones take them."""
PIXELS_A_MM = HEIGHT / 297
CHARACTER_MM = 5.0
STROKE_MM = 0.5
LIGHTS = {"good light": (0.0, 4.0), "a lamp from one side": (0.35, 8.0), "in the evening": (0.5, 16.0)}
"""By name: how much darker the far corner is, and the noise (standard deviation of 255)."""
FIXED = """async ([file, side, qualities, aim]) => {
  const image = await createImageBitmap(file);
  const scale = Math.min(1, side / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * scale, image.height * scale];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  let blob;
  for (const quality of qualities) {
    blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
    if (blob.size <= aim) break;
  }
  return blob;
}"""
RUN = """async ([content, module, way]) => {
  const file = await (await fetch(`data:image/jpeg;base64,${content}`)).blob();
  const started = performance.now();
  let blob;
  if (way === "ours") {
    const { compress, masterOf } = await import(module);
    ({ blob } = await compress(await masterOf(file), { quarters: 0, region: null }));
  } else {
    const fixed = FIXED;
    const before = [file, 1600, [0.82, 0.72, 0.62, 0.52], 204800];
    blob = await fixed(way === "before" ? before : [file, 1280, [0.7], 0]);
  }
  const took = performance.now() - started;
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return [btoa(text), took];
}""".replace("FIXED", FIXED)
WAYS = {"ours": "ours", "before": "1,600 px, four qualities", "usual": "1,280 px, quality 0.7"}


@dataclass(frozen=True)
class Read:
    """What became of one page."""

    kilobytes: float
    long_side: int
    ssim: float
    edges: float
    milliseconds: float


def written_page(light: str, seed: int) -> Image.Image:
    """A page full of characters of 5 mm, each of a few strokes, photographed in this light."""
    dice = np.random.default_rng(seed)
    paper = Image.new("L", (WIDTH, HEIGHT), 235)
    pen = ImageDraw.Draw(paper)
    size, stroke = CHARACTER_MM * PIXELS_A_MM, round(STROKE_MM * PIXELS_A_MM)
    for row in range(int(HEIGHT / (size * 1.8)) - 2):
        for column in range(int(WIDTH / (size * 1.3)) - 3):
            left, top = (column + 1.5) * size * 1.3, (row + 1) * size * 1.8
            for _stroke in range(dice.integers(4, 9)):
                points = dice.uniform(0, size, (dice.integers(2, 4), 2)) + np.array([left, top])
                pen.line([tuple(one) for one in points], fill=60, width=stroke, joint="curve")
    dark, noise = LIGHTS[light]
    shade = 1 - dark * np.linspace(0, 1, WIDTH)[None, :] * np.linspace(0.5, 1, HEIGHT)[:, None]
    seen = gaussian_filter(np.asarray(paper, float), 1.2) * shade + dice.normal(0, noise, (HEIGHT, WIDTH))
    grey = seen.clip(0, 255).astype(np.uint8)
    # A warm lamp: colour costs bytes too.
    return Image.merge("RGB", [Image.fromarray((grey * one).astype(np.uint8)) for one in (1.0, 0.97, 0.9)])


def read(photo: Image.Image, sent: bytes, took: float) -> Read:
    """How much of the writing in *photo* is left in what was sent."""
    small = Image.open(io.BytesIO(sent))
    again = small.convert("L").resize(photo.size, Image.Resampling.BICUBIC)
    before, after = (np.asarray(one, float) for one in (photo.convert("L"), again))
    # Noise is no writing: both are looked at as an eye does from reading distance.
    before, after = gaussian_filter(before, 2), gaussian_filter(after, 2)
    return Read(len(sent) / 1000, max(small.size), ssim(before, after), edge_share(before, after), took)


def ssim(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any], sigma: float = 3.0) -> float:
    """The mean structural similarity of two luminances (Wang et al. 2004), 1 for equal ones."""
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mean1, mean2 = gaussian_filter(one, sigma), gaussian_filter(other, sigma)
    var1 = gaussian_filter(one * one, sigma) - mean1**2
    var2 = gaussian_filter(other * other, sigma) - mean2**2
    both = gaussian_filter(one * other, sigma) - mean1 * mean2
    share = ((2 * mean1 * mean2 + c1) * (2 * both + c2)) / ((mean1**2 + mean2**2 + c1) * (var1 + var2 + c2))
    return float(share.mean())


def edge_share(before: np.ndarray[Any, Any], after: np.ndarray[Any, Any]) -> float:
    """How steep the steepest tenth of the photograph's edges still are, 1 for as steep as they were."""
    steep1, steep2 = (np.hypot(sobel(one, 0), sobel(one, 1)) for one in (before, after))
    strokes = steep1 >= np.quantile(steep1[::4, ::4], 0.9)
    return float(steep2[strokes].mean() / steep1[strokes].mean())


def measure(page: Page, module: str) -> dict[tuple[str, str], Read]:
    """Every way in every light."""
    found = {}
    for seed, light in enumerate(LIGHTS):
        photo = written_page(light, seed)
        out = io.BytesIO()
        photo.save(out, "JPEG", quality=92)
        content = base64.b64encode(out.getvalue()).decode()
        for way in WAYS:
            sent, took = page.evaluate(RUN, [content, module, way])
            found[light, way] = read(photo, base64.b64decode(sent), took)
    return found


def main() -> None:
    """Measure and report."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with served_application() as app, served(app) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(bypass_csp=True, base_url=url).new_page()
        page.goto("/sign-in")
        with app.test_request_context():
            module = app.jinja_env.globals["asset_url"]("homework/compress.js")  # type: ignore[operator] # a global is any object
        found = measure(page, module)
        browser.close()
    report = Report("legibility", "Photographed pages of handwriting, made small in the browser")
    for (light, way), one in found.items():
        report.add(
            WAYS[way],
            light=light,
            kB=round(one.kilobytes),
            long_side=one.long_side,
            ssim=round(one.ssim, 3),
            edges=round(one.edges, 2),
            ms=round(one.milliseconds),
        )
    report.note("The aim is 200 kB a page; characters are 5 mm high, strokes half a millimetre wide.")
    report.finish()


if __name__ == "__main__":
    main()
