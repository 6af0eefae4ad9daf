using System.Text;

namespace Rialto.Kernel;

/// <summary>Where checkpoints are written outside the database: a file for each tenant that only grows, one signed note after the other, and the public keys beside them.</summary>
internal sealed class CheckpointFiles
{
    private const string Ending = ".checkpoints";
    private readonly string folder;

    public CheckpointFiles(string folder) => this.folder = Directory.CreateDirectory(folder).FullName;

    /// <summary>Tenants of which there is a file.</summary>
    public IEnumerable<TenantId> Tenants => Directory.EnumerateFiles(folder, "*" + Ending)
        .Select(file => Guid.TryParseExact(Path.GetFileNameWithoutExtension(file), "D", out var id) ? new TenantId(id) : (TenantId?)null).OfType<TenantId>();

    /// <summary>Adds a note and waits until the disk has it.</summary>
    public async Task AppendAsync(TenantId tenant, string note, CancellationToken cancel)
    {
        await using var file = new FileStream(PathOf(tenant), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        await file.WriteAsync(Encoding.UTF8.GetBytes(note + "\n"), cancel);
        file.Flush(flushToDisk: true);
    }

    /// <summary>All notes of a tenant, oldest first; a last one that was being written when the power went is left out.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(TenantId tenant, CancellationToken cancel = default)
    {
        if (!File.Exists(PathOf(tenant))) return [];
        var text = await File.ReadAllTextAsync(PathOf(tenant), cancel);
        var notes = new List<string>();
        for (var at = 0; ;)
        {
            // Text, an empty line, signatures, an empty line.
            var middle = text.IndexOf("\n\n", at, StringComparison.Ordinal);
            var end = middle < 0 ? -1 : text.IndexOf("\n\n", middle + 2, StringComparison.Ordinal);
            if (end < 0) break;
            notes.Add(text[at..(end + 1)]);
            at = end + 2;
        }
        return notes;
    }

    /// <summary>Lays the public key beside the notes, for whoever checks them elsewhere.</summary>
    public void KeepKey(string name, string pem)
    {
        var path = Path.Combine(folder, name + ".pem");
        if (!File.Exists(path)) File.WriteAllText(path, pem + "\n");
    }

    private string PathOf(TenantId tenant) => Path.Combine(folder, tenant + Ending);
}
