using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Repositories.Connected;

namespace Rialto.Repositories.Webhooks;

/// <summary>What taking a delivery needs.</summary>
internal readonly struct HookParts(HttpContext http)
{
    public Database Database => http.RequestServices.GetRequiredService<Database>();

    public RepositoriesOptions Options => http.RequestServices.GetRequiredService<RepositoriesOptions>();

    public RepositorySecrets Secrets => http.RequestServices.GetRequiredService<RepositorySecrets>();

    public TimeProvider Time => http.RequestServices.GetRequiredService<TimeProvider>();
}
