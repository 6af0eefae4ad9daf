using Rialto.Testing;

namespace Rialto.Journeys;

/// <summary>The repository of Lantern, a made-up project that uses all that a repository may hold: pictures, code, tables, mathematics, diagrams, and pages in Arabic and Chinese.</summary>
internal static class Lantern
{
    public const string EnglishWord = "conflagration", ChineseWord = "灯笼", ArabicWord = "الفانوس";

    /// <summary>Content pages that matter, relative to the site: what gates look at in every theme.</summary>
    public static readonly string[] Pages = ["", "docs/guide/", "changelog/", "licence/", "404.html"];

    public static void Write(TestRepository repository)
    {
        foreach (var folder in new[] { "docs", "repository" })
        {
            var root = Path.Combine(AppContext.BaseDirectory, "Kit", "lantern", folder);
            foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
                repository.Write((folder == "docs" ? "docs/" : "") + Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllBytes(file));
        }
        repository.Write("docs/pictures/light.png", Png.Screenshot(1280, 720, 90)).Write("docs/pictures/dark.png", Png.Screenshot(1280, 720, 20));
        repository.Commit("Light the first lantern", date: "2026-01-15T12:00:00Z");
        repository.Git("tag", "v1.0.0");
        repository.Write("src/burn.ts", "export const burn = (hours: number): string => `${hours} hours of light`;\n");
        repository.Commit("Burn longer", "Grace Hopper <grace@example.org>", "2026-02-20T12:00:00Z");
        repository.Git("tag", "v1.1.0");
    }
}
