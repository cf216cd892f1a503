"""Draws curves over a number of instances, both axes logarithmic, as an SVG for light and for dark pages."""
import math

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 460, 320, 64, 24, 64, 48
STYLE = """svg { font: 13px system-ui, sans-serif; fill: #1f2937 }
.title { font-weight: 600; font-size: 15px } .grid { stroke: #d1d5db } .axis { stroke: #6b7280 }
path { fill: none; stroke-width: 2 } .c0 { stroke: #1d4ed8; fill: #1d4ed8 } .c1 { stroke: #b45309; fill: #b45309 }
path.c1 { stroke-dasharray: 6 4 } text.c0, text.c1 { stroke: none } path.c0, path.c1 { fill: none }
@media (prefers-color-scheme: dark) { svg { fill: #e5e7eb } .grid { stroke: #374151 } .axis { stroke: #9ca3af }
.c0 { stroke: #93c5fd; fill: #93c5fd } .c1 { stroke: #fbbf24; fill: #fbbf24 } }"""


def number(value):
    if value >= 1e6:
        return f"{value / 1e6:g} million"
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def panel(counts, title, lines, offset):
    values = [value for _, line in lines for value in line]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(counts[0]), math.log10(counts[-1])
    x = lambda count: offset + LEFT + (math.log10(count) - first) / (last - first) * (WIDTH - LEFT - RIGHT)
    y = lambda value: HEIGHT - BOTTOM - (math.log10(value) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)
    yield f'<text class="title" x="{offset + LEFT}" y="20">{title}</text>'
    for power in range(low, high + 1):
        height = y(10**power)
        yield f'<line class="grid" x1="{offset + LEFT}" x2="{offset + WIDTH - RIGHT}" y1="{height:.1f}" y2="{height:.1f}"/>'
        yield f'<text x="{offset + LEFT - 8}" y="{height + 4:.1f}" text-anchor="end">{number(10**power)}</text>'
    for count in counts:
        anchor = "end" if count == counts[-1] else "middle"
        yield f'<line class="axis" x1="{x(count):.1f}" x2="{x(count):.1f}" y1="{HEIGHT - BOTTOM}" y2="{HEIGHT - BOTTOM + 5}"/>'
        yield f'<text x="{x(count):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="{anchor}">{number(count)}</text>'
    yield f'<line class="axis" x1="{offset + LEFT}" x2="{offset + WIDTH - RIGHT}" y1="{HEIGHT - BOTTOM}" y2="{HEIGHT - BOTTOM}"/>'
    for place, (name, line) in enumerate(lines):
        points = " ".join(f"{x(count):.1f},{y(value):.1f}" for count, value in zip(counts, line))
        yield f'<text class="c{place}" x="{offset + LEFT + 190 * place}" y="42">{name}</text>'
        yield f'<path class="c{place}" d="M{points.replace(" ", " L")}"/>'
        yield from (f'<circle class="c{place}" cx="{x(count):.1f}" cy="{y(value):.1f}" r="3"/>' for count, value in zip(counts, line))


def svg(counts, panels):
    """An SVG; each panel is a title and its lines, each of these a name and a value a count."""
    width = WIDTH * len(panels)
    parts = [part for place, (title, lines) in enumerate(panels) for part in panel(counts, title, lines, place * WIDTH)]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" role="img">',
        f"<title>{' and '.join(title for title, _ in panels)} over the number of instances</title>", f"<style>{STYLE}</style>",
        *parts, "</svg>", ""])
