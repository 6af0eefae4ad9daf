using Rialto.Sites;

namespace Rialto.Cli;

/// <summary>What <c>rialto build --json</c> prints, on one line.</summary>
/// <param name="Out">The folder.</param>
/// <param name="Title">What the project calls itself.</param>
/// <param name="Commit">The commit that was built.</param>
/// <param name="Pages">Pages made.</param>
/// <param name="Files">Files written.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Theme">Theme id.</param>
/// <param name="ThemeReason">Why.</param>
/// <param name="SecretsRedacted">Secrets that were hidden before anything was read.</param>
/// <param name="DurationsMs">Milliseconds by stage, in order.</param>
/// <param name="WarningCount">How many warnings there are.</param>
/// <param name="Warnings">The warnings.</param>
internal sealed record BuildReport(
    string Out, string Title, string Commit, int Pages, int Files, long Bytes, string Theme, string ThemeReason, int SecretsRedacted,
    IReadOnlyDictionary<string, double> DurationsMs, int WarningCount, IReadOnlyList<SiteWarning> Warnings)
{
    public static BuildReport From(BuiltSite built, string folder) => new(
        folder, built.Facts.Title.Value, built.Facts.Repository.Commit, built.Report.Pages, built.Report.Files, built.Report.Bytes, built.Report.Theme, built.Report.ThemeReason,
        built.Facts.SecretsRedacted, built.DurationsMs, built.Report.Warnings.Count, built.Report.Warnings);
}
