using Rialto.Kernel;

namespace Rialto.Server;

/// <summary>
/// What a node leaves in its data folder so that commands on the same machine reach it: its address, and the owner's key.
/// Only the node's own account can read the key.
/// </summary>
public sealed class LocalAccess(string dataFolder)
{
    /// <summary>File of the owner's key.</summary>
    public string KeyFile => Path.Combine(dataFolder, "owner.key");

    private string AddressFile => Path.Combine(dataFolder, "address");

    /// <summary>The owner's key; null when there is none.</summary>
    public string? Key => Read(KeyFile);

    /// <summary>Address of the node that runs on this folder; null when none does.</summary>
    public string? Address => Read(AddressFile);

    internal void KeepKey(string key)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // A file that was there keeps its mode; this one must be closed from its first byte.
        File.Delete(KeyFile);
        using var writer = new StreamWriter(KeyFile, options);
        writer.WriteLine(key);
    }

    internal void KeepAddress(string address) => File.WriteAllText(AddressFile, address + "\n");

    internal void DropAddress(string address)
    {
        if (Address == address) File.Delete(AddressFile);
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } text ? text : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            throw new Refusal("server.data_closed", $"{file} belongs to another account; run this as that account, or set RIALTO_TOKEN.", 403);
        }
    }
}
