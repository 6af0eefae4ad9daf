using System.Text;
using Rialto.Analysis;

namespace Rialto.Sites;

/// <summary>The licence files, word for word.</summary>
internal static class LicenceText
{
    private const int MaxBytes = 400 * 1024;

    public static async Task<string> HtmlAsync(Facts facts, TreeIndex tree, CancellationToken cancel)
    {
        var result = new StringBuilder();
        if (facts.Licence is null) return "";
        foreach (var file in facts.Licence.Files.Take(4))
        {
            if (tree.File(file.Path) is not { Bytes: > 0 and < MaxBytes } entry) continue;
            var text = await tree.TextAsync(entry, cancel);
            if (facts.Licence.Files.Count > 1) result.Append("<h2 id=\"").AppendEscaped(Slugger.Slug(file.Path)).Append("\">").AppendEscaped(file.Path).Append("</h2>\n");
            result.Append("<pre class=\"licence\" dir=\"auto\" tabindex=\"0\">").AppendEscaped(text.Trim('\n')).Append("</pre>\n");
        }
        return result.ToString();
    }
}
