"""Draws ratios as bars. Usage: picture.py < ratios.tsv > picture.svg

Each line has a label, the median, the lowest and the highest ratio, separated by tabs.
"""
import sys

ROW, LABELS, SCALE, LARGEST = 26, 270, 240, 1.6


def main():
    rows = [line.rstrip("\n").split("\t") for line in sys.stdin if line.strip()]
    height = ROW * len(rows) + 40
    one = LABELS + SCALE
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="700" height="{height}" viewBox="0 0 700 {height}" role="img" '
          'font-family="system-ui, sans-serif" font-size="13">')
    print("<title>Throughput of hits relative to the faster of nginx and Varnish</title>")
    print(f'<rect width="700" height="{height}" fill="#ffffff"/>')
    for number, (label, *figures) in enumerate(rows):
        median, low, high = (min(float(figure), LARGEST) for figure in figures)
        y = ROW * number + 30
        colour = "#1a7f5a" if float(figures[0]) >= 1 else "#b4552d"
        print(f'<text x="{LABELS - 10}" y="{y + 13}" text-anchor="end" fill="#222222">{label}</text>')
        print(f'<rect x="{LABELS}" y="{y}" width="{SCALE * median:.0f}" height="17" fill="{colour}"/>')
        print(f'<path d="M{LABELS + SCALE * low:.0f} {y + 8.5}H{LABELS + SCALE * high:.0f}" stroke="#222222"/>')
        print(f'<text x="{LABELS + SCALE * high + 8:.0f}" y="{y + 13}" fill="#222222">{figures[0]}</text>')
    print(f'<path d="M{one} 22V{height - 8}" stroke="#222222" stroke-dasharray="4 3"/>')
    print(f'<text x="{one}" y="16" text-anchor="middle" fill="#222222">as fast as the faster of nginx and Varnish</text>')
    print("</svg>")


if __name__ == "__main__":
    main()
