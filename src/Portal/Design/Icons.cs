namespace Rialto.Portal.Design;

/// <summary>Our own stroke icons on a 20 px grid.</summary>
public static class Icons
{
    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["home"] = "M3 9.2 10 3.5l7 5.7M5 8v8.5h10V8M8.2 16.5v-4.7h3.6v4.7",
        ["repository"] = "M5 3.5h10v13H6.2A1.7 1.7 0 0 1 4.5 15V5A1.5 1.5 0 0 1 6 3.5M4.6 14.6c.2-.9.8-1.4 1.8-1.4H15M8 6.8h4",
        ["site"] = "M3 4.5h14v11H3zM3 7.8h14M5.3 6.2h.01M7.3 6.2h.01",
        ["build"] = "M4 15.5 9.8 9.7M11 4.2l4.8 4.8M8.6 6.6l4.8 4.8 3-3-4.8-4.8z",
        ["jobs"] = "M3.5 5.5h13M3.5 10h13M3.5 14.5h8M14.5 13v3M16 14.5h-3",
        ["settings"] = "M3.5 6h7M14.5 6h2M3.5 14h2M9.5 14h7M12.5 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4M7.5 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
        ["pulse"] = "M2.5 10.5h3.6L8 5l3.6 10 2.2-6 1.1 1.5h2.6",
        ["search"] = "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M13 13l4 4",
        ["key"] = "M12.7 10.8a3.7 3.7 0 1 0-3.5-3.5L3.5 13v3.5H7v-2h2v-2h1.2zM13.3 6.7h.01",
        ["people"] = "M7.5 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6M2.5 16.5c.3-2.7 2.2-4.2 5-4.2s4.7 1.5 5 4.2M13 4.3a3 3 0 0 1 0 5.4M14.6 12.7c1.6.6 2.6 1.9 2.9 3.8",
        ["shield"] = "M10 3 4.5 5v4.6c0 3.4 2.2 6 5.5 7.4 3.3-1.4 5.5-4 5.5-7.4V5zM7.6 9.8l1.7 1.7 3.2-3.2",
        ["open"] = "M8 4.5H4.5v11h11V12M11 4h5v5M16 4 9.5 10.5",
        ["plus"] = "M10 4v12M4 10h12",
        ["check"] = "m4.5 10.5 3.7 3.7 7.3-8",
        ["cross"] = "m5 5 10 10M15 5 5 15",
        ["back"] = "M8 5.5 3.5 10 8 14.5M4 10h8.5a4 4 0 0 1 4 4v1",
        ["retry"] = "M15.8 8A6.2 6.2 0 1 0 16 11.5M16.5 4v4.2h-4.2",
        ["pin"] = "M7 3.5h6l-.8 5 2.3 2.3v1.4h-9v-1.4l2.3-2.3zM10 12.2v4.3",
        ["stop"] = "M6 6h8v8H6z",
        ["compare"] = "M7 3.5v13M13 3.5v13M4 6.5h3M4 13.5h3M13 6.5h3M13 13.5h3",
        ["chevron"] = "m7.5 5 5 5-5 5",
        ["down"] = "m5 7.5 5 5 5-5",
        ["menu"] = "M3.5 6h13M3.5 10h13M3.5 14h13",
        ["sun"] = "M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6M10 2.5v1.7M10 15.8v1.7M2.5 10h1.7M15.8 10h1.7M4.7 4.7l1.2 1.2M14.1 14.1l1.2 1.2M4.7 15.3l1.2-1.2M14.1 5.9l1.2-1.2",
        ["moon"] = "M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3",
        ["system"] = "M3 4.5h14v9H3zM7 16.5h6M10 13.5v3",
        ["warn"] = "M10 3.5 2.8 16h14.4zM10 8v4M10 14h.01",
        ["info"] = "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M10 9v4.5M10 6.5h.01",
        ["copy"] = "M7 7h9v9H7zM4 13V4h9",
        ["clock"] = "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M10 6v4.2l2.7 1.6",
        ["branch"] = "M6 7.5v5M6 7.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4M6 16.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4M14 8.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4M14 8.5c0 3-4 2.5-7 4",
        ["commit"] = "M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6M2.5 10H7M13 10h4.5",
        ["globe"] = "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M3 10h14M10 3c2 2 3 4.3 3 7s-1 5-3 7c-2-2-3-4.3-3-7s1-5 3-7",
        ["lock"] = "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9",
        ["out"] = "M12 4.5H4.500v11H12M9 10h8M14 7l3 3-3 3",
        ["bin"] = "M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.600L14.5 6M8.5 9v4.5M11.5 9v4.5",
        ["chart"] = "M3.5 16.5h13M5.5 14v-4M10 14V5.5M14.5 14V8",
        ["palette"] = "M3 5.5h14M3 10h14M3 14.5h9M15 13l2 1.5-2 1.5",
    };

    /// <summary>The path of an icon.</summary>
    public static string Of(string name) => Paths.GetValueOrDefault(name) ?? throw new ArgumentException($"There is no icon {name}.", nameof(name));

    /// <summary>All names, for the page of components.</summary>
    public static IReadOnlyCollection<string> Names => Paths.Keys;
}
