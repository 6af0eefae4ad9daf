using System.CommandLine;
using Rialto.Identity;
using Rialto.Kernel;
using Rialto.Server;

namespace Rialto.Cli;

/// <summary><c>rialto keys rotate</c>: new encryption keys for organisations, and with <c>--root</c> a new root key over them.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var organisation = new Option<string?>("--organisation") { Description = "Handle of one organisation; left out: all, and the platform itself" };
        var root = new Option<bool>("--root") { Description = "First add a new root key to root.key and let it wrap all tenant keys" };
        var data = PlatformOptions.Data();
        var rotate = new Command("rotate", "Make new encryption keys; the running platform brings older values over") { organisation, root, data };
        rotate.Example("keys rotate", "new tenant and data keys for everybody");
        rotate.Example("keys rotate --root", "a new root key as well; back up root.key afterwards");
        rotate.Runs(async (parsed, terminal, cancel) =>
        {
            terminal.Report("Opening the database");
            var options = PlatformOptions.Node(parsed.GetValue(data));
            await using var database = await Node.OpenDatabaseAsync(options, cancel);
            var roots = parsed.GetValue(root) ? RootKeys.Rotate(options.RootKeyFile) : RootKeys.Open(options.RootKeyFile);
            var (cipher, audit) = (new FieldCipher(roots), AuditLog.Open(roots));
            // Rewrapping leaves nobody out: an older root key may go only when it wraps nothing.
            var everybody = (await Organisations.ListAsync(database, int.MaxValue, cancel)).Select(one => (one.Handle, one.Tenant)).Append(("the platform", TenantId.Platform)).ToList();
            var chosen = parsed.GetValue(organisation) is { } handle ? [(handle, (await Organisations.FindAsync(database, handle, cancel)).Tenant)] : everybody;
            foreach (var (name, tenant) in parsed.GetValue(root) ? everybody : chosen)
            {
                await using var session = await database.BeginAuditedAsync(tenant, cancel);
                session.Actor = "operator";
                var rewrapped = await cipher.RewrapAsync(session, cancel);
                var rotated = chosen.Exists(one => one.Item2 == tenant) ? await KeyRotation.RotateAsync(session, cipher, cancel) : null;
                await audit.RecordAsync(session, new AuditNote(AuditKind.Change, "encryption.rotate", "/api/v1/encryption/keys") { Origin = "command line" }, cancel);
                await session.CommitAsync(cancel);
                terminal.Clear();
                terminal.Out.WriteLine(rotated is null ? $"{name}: {rewrapped} tenant keys wrapped anew" : $"{name}: tenant key {rotated.TenantKey}, {rotated.Tables.Count} new data keys{(rotated.Job is { } job ? $", job {job} brings older values over" : "")}");
            }
            return ExitCodes.Done;
        });
        return new Command("keys", "Encryption keys") { rotate };
    }
}
