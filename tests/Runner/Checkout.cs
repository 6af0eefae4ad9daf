namespace Rialto.Runner;

/// <summary>The folder that holds the solution.</summary>
internal static class Checkout
{
    /// <summary>The nearest folder at or above <paramref name="folder"/> with the solution in it.</summary>
    public static string Find(string folder)
    {
        for (var here = new DirectoryInfo(folder); here is not null; here = here.Parent)
            if (File.Exists(Path.Combine(here.FullName, "Rialto.slnx"))) return here.FullName;
        throw new DirectoryNotFoundException("No Rialto.slnx at or above " + folder);
    }
}
