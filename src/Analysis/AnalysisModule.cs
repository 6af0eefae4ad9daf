using Microsoft.Extensions.DependencyInjection;

namespace Rialto.Analysis;

/// <summary>The module's menu.</summary>
public static class AnalysisModule
{
    /// <summary>Adds <see cref="IAnalyzer"/>.</summary>
    public static IServiceCollection AddAnalysis(this IServiceCollection services) => services.AddSingleton(NewAnalyzer());

    /// <summary>An analyser for hosts without a container, such as the command line.</summary>
    public static IAnalyzer NewAnalyzer() => new Analyzer();
}
