using Microsoft.Extensions.DependencyInjection;

namespace Rialto.Analysis;

/// <summary>The module's menu.</summary>
public static class AnalysisModule
{
    /// <summary>Adds <see cref="IAnalyzer"/>.</summary>
    public static IServiceCollection AddAnalysis(this IServiceCollection services) => services.AddSingleton(NewAnalyzer());

    /// <summary>An analyser for hosts without a container, such as the command line.</summary>
    public static IAnalyzer NewAnalyzer() => new Analyzer();

    /// <summary>Puts words better with the models of <paramref name="settings"/>; without any, leaves them as they are.</summary>
    /// <param name="settings">Which models, or null for none.</param>
    /// <param name="http">Used for every request; must follow no redirects and set no time limit below the settings' own.</param>
    public static IContentAnalyzer NewContentAnalyzer(ModelSettings? settings = null, HttpClient? http = null) =>
        settings is null ? new LocalContentAnalyzer() : new ModelContentAnalyzer(new ModelRoles(settings, http ?? DirectClient()), settings);

    /// <summary>Neither a redirect nor a proxy of the environment may send the words elsewhere.</summary>
    private static HttpClient DirectClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
}
