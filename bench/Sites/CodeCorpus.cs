using System.Globalization;
using System.Text;

namespace Rialto.Bench;

/// <summary>A repository as they are: mostly code in several languages, some documentation, a manifest, a licence.</summary>
internal static class CodeCorpus
{
    private static readonly (string Extension, Func<int, string> Line)[] Languages =
    [
        ("ts", i => $"export const value{i} = (input: number): number => input * {i};"),
        ("py", i => $"def value_{i}(number: int) -> int:\n    return number * {i}\n"),
        ("rs", i => $"pub fn value_{i}(number: u64) -> u64 {{\n    number * {i}\n}}\n"),
        ("go", i => $"func Value{i}(number int) int {{\n\treturn number * {i}\n}}\n"),
        ("css", i => $".value-{i} {{ margin: {i}px; }}"),
    ];

    /// <summary>Writes <paramref name="files"/> files, <paramref name="pages"/> of them documentation, into <paramref name="folder"/>.</summary>
    public static void Write(string folder, int files, int pages)
    {
        Corpus.Write(Path.Combine(folder, "docs"), pages);
        File.WriteAllText(Path.Combine(folder, "README.md"), "# Valuable\n\nMultiplies numbers in five languages.\n\n```sh\nnpm install valuable\n```\n\n## Features\n\n- **Fast**: one multiplication.\n- **Small**: no dependencies.\n- **Everywhere**: five languages.\n");
        File.WriteAllText(Path.Combine(folder, "package.json"), "{ \"name\": \"valuable\", \"version\": \"1.2.0\", \"description\": \"Multiplies numbers in five languages.\", \"license\": \"ISC\" }\n");
        File.WriteAllText(Path.Combine(folder, "LICENSE"), "ISC License\n\nCopyright 2026 Ada\n\nPermission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.\n\nTHE SOFTWARE IS PROVIDED \"AS IS\" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.\n");
        for (var file = 0; file < files - pages - 3; file++)
        {
            var (extension, line) = Languages[file % Languages.Length];
            var package = Path.Combine(folder, "packages", string.Create(CultureInfo.InvariantCulture, $"part-{file / 100:00}"), "src");
            Directory.CreateDirectory(package);
            var text = new StringBuilder();
            for (var i = 0; i < 20 + file % 60; i++) text.Append(line(file + i)).Append('\n');
            File.WriteAllText(Path.Combine(package, string.Create(CultureInfo.InvariantCulture, $"value{file}.{extension}")), text.ToString());
        }
    }
}
