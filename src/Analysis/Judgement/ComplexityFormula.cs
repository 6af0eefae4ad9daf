namespace Rialto.Analysis;

/// <summary>
/// How much there is to understand, 0 (a script) to 1 (a platform):
/// <c>0.35·s(code bytes, 2 kB…20 MB) + 0.20·s(source files, 2…5,000) + 0.15·s(product packages, 1…50) + 0.20·s(runtime dependencies, 1…200) + 0.10·min(1, (languages over 5 % − 1) / 4)</c>,
/// where <c>s(x, a…b) = clamp((ln x − ln a) / (ln b − ln a), 0, 1)</c>. Logarithms, because the tenth file adds more than the thousandth.
/// </summary>
internal static class ComplexityFormula
{
    public static Fact<double> Of(Signals signals)
    {
        var product = signals.Packages.Where(package => !package.IsAuxiliary).ToList();
        var needed = product.SelectMany(package => package.Dependencies).Where(dependency => dependency.Scope == "runtime").DistinctBy(dependency => dependency.Name).ToList();
        var value = 0.35 * Scale(signals.Languages.Sum(language => (double)language.Bytes), 2_000, 20_000_000)
            + 0.20 * Scale(signals.Languages.Sum(language => language.Files), 2, 5_000)
            + 0.15 * Scale(product.Count, 1, 50)
            + 0.20 * Scale(needed.Count, 1, 200)
            + 0.10 * Math.Clamp((signals.Languages.Count(language => language.Share > 0.05) - 1) / 4.0, 0, 1);
        return new(Math.Round(value, 3), [signals.Content.Commit, .. product.Take(2).Select(package => package.Evidence), .. needed.Take(2).Select(dependency => dependency.Evidence)]);
    }

    internal static double Scale(double value, double from, double to) => value <= from ? 0 : Math.Clamp(Math.Log(value / from) / Math.Log(to / from), 0, 1);
}
