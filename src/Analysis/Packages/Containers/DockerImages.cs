namespace Rialto.Analysis;

/// <summary>Dockerfiles: an image is a package beside the product, its base images are what it is built on.</summary>
internal static class DockerImages
{
    public static IEnumerable<PackageFacts> Read(ManifestSet set)
    {
        foreach (var file in set.Files)
        {
            var stages = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var bases = new List<Dependency>();
            for (var i = 0; i < file.Lines.Length; i++)
            {
                var words = file.Lines[i].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                if (words.Length < 2 || !words[0].Equals("FROM", StringComparison.OrdinalIgnoreCase)) continue;
                var image = words.Skip(1).FirstOrDefault(word => !word.StartsWith("--", StringComparison.Ordinal));
                if (image is null) continue;
                if (!stages.Contains(image) && image != "scratch" && !image.Contains('$')) bases.Add(Base(image, file.At(i + 1)));
                var alias = Array.FindIndex(words, word => word.Equals("AS", StringComparison.OrdinalIgnoreCase));
                if (alias > 0 && alias + 1 < words.Length) stages.Add(words[alias + 1]);
            }
            if (bases.Count > 0) yield return set.Package(file, file.Folder.Length > 0 ? Path.GetFileName(file.Folder.TrimEnd('/')) : "", bases[0].Evidence.Line, bases) with { IsAuxiliary = true, IsPrivate = true };
        }
    }

    private static Dependency Base(string image, Evidence evidence)
    {
        var digest = image.IndexOf('@', StringComparison.Ordinal);
        if (digest > 0) image = image[..digest];
        var colon = image.LastIndexOf(':');
        var isTag = colon > image.LastIndexOf('/');
        return new Dependency(isTag ? image[..colon] : image, isTag ? image[(colon + 1)..] : "", "build", evidence);
    }
}
