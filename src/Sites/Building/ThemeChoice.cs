using Rialto.Analysis;
using Rialto.Kernel;

namespace Rialto.Sites;

/// <summary>Which theme, and why.</summary>
internal static class ThemeChoice
{
    public static readonly IReadOnlyList<string> Known = ["modern-web", "developer-library", "technical-showcase", "creative-project", "startup-product", "minimal-portfolio"];

    public static string Of(Facts facts, SiteSettings settings, SiteOptions options)
    {
        var theme = options.Theme ?? settings.Theme ?? (facts.Template.Count > 0 ? facts.Template[0].Theme : Known[0]);
        return Known.Contains(theme) ? theme : throw new Refusal("theme.unknown", $"There is no theme \"{theme}\"; choose one of {string.Join(", ", Known)}.");
    }

    public static string Reason(Facts facts, SiteSettings settings, SiteOptions options) =>
        options.Theme is not null ? "You chose it."
        : settings.Theme is not null ? "rialto.json names it."
        : facts.Template.Count > 0 && facts.Template[0].Reasons.Count > 0 ? facts.Template[0].Reasons[0] : "It suits most projects.";
}
