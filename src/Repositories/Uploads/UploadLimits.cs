namespace Rialto.Repositories.Uploads;

/// <summary>Bounds of uploads.</summary>
internal static class UploadLimits
{
    /// <summary>Largest upload, in bytes.</summary>
    public const long MostBytes = 200L * 1024 * 1024;

    /// <summary>Most files in an archive.</summary>
    public const int MostFiles = 50_000;

    /// <summary>Most bytes that may come out of an archive.</summary>
    public const long MostInflatedBytes = 1024L * 1024 * 1024;

    /// <summary>Largest file in an archive, in bytes.</summary>
    public const long MostFileBytes = 64L * 1024 * 1024;

    /// <summary>How many times its own size may come out of an archive, once that is more than <see cref="FreeInflatedBytes"/>.</summary>
    public const int MostRatio = 200;

    /// <summary>What may come out of an archive whatever its size: a small text compresses better than any ratio allows for.</summary>
    public const long FreeInflatedBytes = 20L * 1024 * 1024;

    /// <summary>Longest path, in bytes.</summary>
    public const int LongestPath = 1024;

    /// <summary>Deepest path, in segments.</summary>
    public const int Deepest = 64;

    /// <summary>Longest the taking-in may run, in seconds.</summary>
    public const double TimeoutSeconds = 120;
}
