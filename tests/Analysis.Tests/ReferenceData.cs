using Xunit;

namespace Rialto.Analysis.Tests;

/// <summary>Reference data for measuring. It is not part of the project; tests that need it are skipped where it is absent.</summary>
internal static class ReferenceData
{
    /// <summary>A file or folder of the reference data: below <c>RIALTO_REFERENCE</c>, or in <c>shared/data</c> beside the checkout.</summary>
    public static string PathOf(string name)
    {
        if (Environment.GetEnvironmentVariable("RIALTO_REFERENCE") is { Length: > 0 } root) return Existing(Path.Combine(root, name));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data", name) is var path && Path.Exists(path)) return path;
        Assert.Skip($"The reference data {name} is not here; set RIALTO_REFERENCE to its folder.");
        return "";
    }

    /// <summary>A bare repository or work tree named by an environment variable.</summary>
    public static string Repository(string variable, string what)
    {
        var path = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(path)) Assert.Skip($"Set {variable} to a clone of {what} to run this test.");
        return Existing(path!);
    }

    private static string Existing(string path)
    {
        if (!Path.Exists(path)) Assert.Skip($"{path} does not exist.");
        return path;
    }

    /// <summary>The checkout this test was built from.</summary>
    public static string Checkout
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "Rialto.slnx"))) folder = folder.Parent;
            return folder.FullName;
        }
    }
}
