namespace Rialto.Publishing;

/// <summary>What is different between two releases.</summary>
internal sealed record ReleaseDifference
{
    public required Guid From { get; init; }

    public required Guid To { get; init; }

    public required IReadOnlyList<FileDifference> Added { get; init; }

    public required IReadOnlyList<FileDifference> Removed { get; init; }

    public required IReadOnlyList<FileDifference> Changed { get; init; }

    /// <summary>Files that are the same.</summary>
    public required int Same { get; init; }

    /// <summary>By how much the whole grew, in bytes; negative when it shrank.</summary>
    public required long GrowthBytes { get; init; }

    /// <summary>Compares two manifests.</summary>
    public static ReleaseDifference Between(Guid fromId, ReleaseManifest from, Guid toId, ReleaseManifest to)
    {
        var before = from.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var after = to.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        return new ReleaseDifference
        {
            From = fromId, To = toId,
            Added = [.. to.Files.Where(file => !before.ContainsKey(file.Path)).Select(file => new FileDifference(file.Path, file.IsPage, null, file.Bytes))],
            Removed = [.. from.Files.Where(file => !after.ContainsKey(file.Path)).Select(file => new FileDifference(file.Path, file.IsPage, file.Bytes, null))],
            Changed = [.. to.Files.Where(file => before.TryGetValue(file.Path, out var old) && old.Blob != file.Blob).Select(file => new FileDifference(file.Path, file.IsPage, before[file.Path].Bytes, file.Bytes))],
            Same = to.Files.Count(file => before.TryGetValue(file.Path, out var old) && old.Blob == file.Blob),
            GrowthBytes = to.Files.Sum(file => file.Bytes) - from.Files.Sum(file => file.Bytes),
        };
    }
}

/// <param name="Path">The file.</param>
/// <param name="IsPage">True for a page.</param>
/// <param name="BytesBefore">Size before; null when it is new.</param>
/// <param name="BytesAfter">Size after; null when it is gone.</param>
internal sealed record FileDifference(string Path, bool IsPage, long? BytesBefore, long? BytesAfter);
