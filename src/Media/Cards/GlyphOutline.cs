namespace Rialto.Media;

/// <summary>Draws a glyph's outline into a bitmap of coverage by exact areas (signed-area accumulation, as in font-rs and stb_truetype 2).</summary>
internal static class GlyphOutline
{
    /// <summary>Draws an outline.</summary>
    /// <param name="outline">16-bit numbers: operation (0 move, 1 line, 2 quadratic, 3 cubic) and its coordinates, in font units, y upwards.</param>
    /// <param name="scale">Pixels per font unit.</param>
    /// <param name="shift">Fraction of a pixel to the right, 0–1.</param>
    public static GlyphBitmap Draw(ReadOnlySpan<short> outline, float scale, float shift)
    {
        var bounds = Bounds(outline);
        if (bounds is not { } box) return GlyphBitmap.Empty;
        int left = (int)MathF.Floor(box.MinX * scale + shift) - 1, top = (int)MathF.Floor(-box.MaxY * scale) - 1;
        int width = (int)MathF.Ceiling(box.MaxX * scale + shift) + 2 - left, height = (int)MathF.Ceiling(-box.MinY * scale) + 2 - top;
        // A glyph is never larger than a card; what claims to be is a broken font.
        if (width > 2048 || height > 2048) return GlyphBitmap.Empty;
        var pen = new Pen(new float[width * height + 4], width, height, scale, shift - left, -top);
        pen.Walk(outline);
        return new(left, top, width, height, pen.Coverage());
    }

    private static (int MinX, int MinY, int MaxX, int MaxY)? Bounds(ReadOnlySpan<short> outline)
    {
        int minX = int.MaxValue, minY = int.MaxValue, maxX = int.MinValue, maxY = int.MinValue;
        for (var at = 0; at < outline.Length;)
        {
            var numbers = Numbers(outline[at++]);
            for (var end = at + numbers; at + 1 < end + 1 && at + 1 < outline.Length; at += 2)
            {
                (minX, maxX) = (Math.Min(minX, outline[at]), Math.Max(maxX, outline[at]));
                (minY, maxY) = (Math.Min(minY, outline[at + 1]), Math.Max(maxY, outline[at + 1]));
            }
        }
        return maxX < minX ? null : (minX, minY, maxX, maxY);
    }

    private static int Numbers(short operation) => operation switch { 2 => 4, 3 => 6, _ => 2 };

    private struct Pen(float[] areas, int width, int height, float scale, float right, float down)
    {
        private float startX, startY, x, y;

        public void Walk(ReadOnlySpan<short> outline)
        {
            for (var at = 0; at < outline.Length;)
            {
                var operation = outline[at++];
                var p = outline.Slice(at, Math.Min(Numbers(operation), outline.Length - at));
                at += p.Length;
                switch (operation)
                {
                    case 0: Close(); (startX, startY) = (x, y) = (X(p[0]), Y(p[1])); break;
                    case 1: Line(X(p[0]), Y(p[1])); break;
                    case 2: Quadratic(X(p[0]), Y(p[1]), X(p[2]), Y(p[3])); break;
                    default: Cubic(X(p[0]), Y(p[1]), X(p[2]), Y(p[3]), X(p[4]), Y(p[5])); break;
                }
            }
            Close();
        }

        private readonly float X(short units) => units * scale + right;
        private readonly float Y(short units) => down - units * scale;

        private void Close() { if (x != startX || y != startY) Line(startX, startY); }

        private void Quadratic(float cx, float cy, float ex, float ey)
        {
            float sx = x, sy = y;
            var deviation = MathF.Abs(sx - 2 * cx + ex) + MathF.Abs(sy - 2 * cy + ey);
            var steps = Math.Clamp((int)MathF.Sqrt(deviation * 3) + 1, 1, 24);
            for (var step = 1; step <= steps; step++)
            {
                float t = step / (float)steps, u = 1 - t;
                Line(u * u * sx + 2 * u * t * cx + t * t * ex, u * u * sy + 2 * u * t * cy + t * t * ey);
            }
        }

        private void Cubic(float ax, float ay, float bx, float by, float ex, float ey)
        {
            float sx = x, sy = y;
            var deviation = MathF.Abs(sx - 2 * ax + bx) + MathF.Abs(sy - 2 * ay + by) + MathF.Abs(ax - 2 * bx + ex) + MathF.Abs(ay - 2 * by + ey);
            var steps = Math.Clamp((int)MathF.Sqrt(deviation * 3) + 1, 1, 32);
            for (var step = 1; step <= steps; step++)
            {
                float t = step / (float)steps, u = 1 - t, a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
                Line(a * sx + b * ax + c * bx + d * ex, a * sy + b * ay + c * by + d * ey);
            }
        }

        /// <summary>Adds to each row the signed area right of the line, spread over the pixels the line crosses.</summary>
        private void Line(float toX, float toY)
        {
            float fromX = x, fromY = y;
            (x, y) = (toX, toY);
            if (fromY == toY) return;
            var direction = fromY < toY ? 1f : -1f;
            if (direction < 0) (fromX, fromY, toX, toY) = (toX, toY, fromX, fromY);
            var slope = (toX - fromX) / (toY - fromY);
            var at = fromX;
            for (int row = (int)fromY, last = Math.Min(height, (int)MathF.Ceiling(toY)); row < last; row++)
            {
                var tall = MathF.Min(row + 1, toY) - MathF.Max(row, fromY);
                var next = at + slope * tall;
                Row(row * width, tall * direction, at, next);
                at = next;
            }
        }

        private readonly void Row(int begin, float amount, float from, float to)
        {
            float x0 = MathF.Min(from, to), x1 = MathF.Max(from, to), floor = MathF.Floor(x0), ceiling = MathF.Ceiling(x1);
            int first = begin + (int)floor, count = (int)ceiling - (int)floor;
            if (count <= 1)
            {
                var middle = 0.5f * (x0 + x1) - floor;
                areas[first] += amount - amount * middle;
                areas[first + 1] += amount * middle;
                return;
            }
            float share = 1 / (x1 - x0), head = x0 - floor, tail = x1 - ceiling + 1;
            float begins = 0.5f * share * (1 - head) * (1 - head), ends = 0.5f * share * tail * tail;
            areas[first] += amount * begins;
            if (count == 2) areas[first + 1] += amount * (1 - begins - ends);
            else
            {
                var second = share * (1.5f - head);
                areas[first + 1] += amount * (second - begins);
                for (var i = 2; i < count - 1; i++) areas[first + i] += amount * share;
                areas[first + count - 1] += amount * (1 - second - (count - 3) * share - ends);
            }
            areas[first + count] += amount * ends;
        }

        public readonly byte[] Coverage()
        {
            var pixels = new byte[width * height];
            for (var row = 0; row < height; row++)
            {
                var sum = 0f;
                for (var i = row * width; i < (row + 1) * width; i++)
                {
                    sum += areas[i];
                    pixels[i] = (byte)(MathF.Min(MathF.Abs(sum), 1) * 255 + 0.5f);
                }
            }
            return pixels;
        }
    }
}

/// <param name="Left">Pixels from the pen to the bitmap's left edge.</param>
/// <param name="Top">Pixels from the baseline down to the bitmap's top edge (negative: above).</param>
/// <param name="Coverage">One byte per pixel, 255 for covered.</param>
internal sealed record GlyphBitmap(int Left, int Top, int Width, int Height, byte[] Coverage)
{
    public static readonly GlyphBitmap Empty = new(0, 0, 0, 0, []);
}
