using System.Security.Cryptography;

namespace Rialto.Secrets.Redacting;

/// <summary>The random key of this installation, made on first use and readable by its owner only.</summary>
internal static class InstallationKey
{
    private const int Bytes = 32;

    /// <summary>From <c>RIALTO_REDACTION_KEY</c> (any text, for machines that come and go), or the file in the data folder.</summary>
    public static byte[] Read()
    {
        if (Environment.GetEnvironmentVariable("RIALTO_REDACTION_KEY") is { Length: > 0 } text) return SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text));
        var folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data ? data : Path.GetTempPath(), "rialto");
        var file = Path.Combine(folder, "redaction.key");
        try
        {
            if (File.Exists(file) && File.ReadAllBytes(file) is { Length: Bytes } kept) return kept;
            Directory.CreateDirectory(folder);
            var draft = Path.Combine(folder, Path.GetRandomFileName());
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(draft, options)) stream.Write(RandomNumberGenerator.GetBytes(Bytes));
            // Whoever is first wins; the others use the first one's key.
            try { File.Move(draft, file, overwrite: false); }
            catch (IOException) { File.Delete(draft); }
            return File.ReadAllBytes(file);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // No place to keep a key: this process has its own, and placeholders change with the next.
            return RandomNumberGenerator.GetBytes(Bytes);
        }
    }
}
