using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Rialto.Kernel;

/// <summary>What a host adds so that its modules can send mail.</summary>
public static class MailModule
{
    /// <summary>The carrier the settings name: a server, otherwise files in <paramref name="folder"/>.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services, string folder)
    {
        services.TryAddSingleton(TimeProvider.System);
        foreach (var setting in MailSettings.All) services.AddSingleton(setting);
        services.AddSingleton<IMailCarrier>(provider =>
        {
            var (settings, clock) = (provider.GetRequiredService<SettingLayers>(), provider.GetRequiredService<TimeProvider>());
            return MailServer.TryParse(settings.Get(MailSettings.Server)) is { } server ? new SmtpCarrier(server, settings, clock) : new FileCarrier(folder, settings, clock);
        });
        return services;
    }
}
