using System.Globalization;
using System.Text;

namespace Rialto.Kernel;

/// <summary>Writes mail into a folder, one file for each, newest name last: what a platform without a mail server does. Only its own account can read them.</summary>
internal sealed class FileCarrier(string folder, SettingLayers settings, TimeProvider clock) : IMailCarrier
{
    public async Task SendAsync(MailMessage message, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var name = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}-{Guid.CreateVersion7(now):N}.eml");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var (half, whole) = (Path.Combine(folder, name + ".part"), Path.Combine(folder, name));
        await using (var writer = new StreamWriter(half, new UTF8Encoding(false), options)) await writer.WriteAsync(MailText.Write(message, settings.Get(MailSettings.From), now).AsMemory(), cancel);
        File.Move(half, whole);
    }
}
