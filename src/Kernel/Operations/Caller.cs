using Microsoft.AspNetCore.Http;

namespace Rialto.Kernel;

/// <summary>Who calls, for which tenant, and what they may do.</summary>
/// <param name="Tenant">Whose rows the call sees.</param>
/// <param name="Subject">Stable name of the caller: <c>user:0197…</c>, <c>key:0197…</c>. It goes into events and into the scope of idempotency keys.</param>
/// <param name="Permissions">Names such as <c>orders.write</c>; <c>orders.*</c> for all of a module, <c>*</c> for everything.</param>
public sealed record Caller(TenantId Tenant, string Subject, IReadOnlySet<string> Permissions)
{
    /// <summary>In whose name, when the caller acts for somebody else: an agent for its owner, support for a customer. It goes into the audit log.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>Until when a person counts as having just proven themselves, for operations that need it. Programs, which cannot be asked, have no end.</summary>
    public DateTimeOffset ConfirmedUntil { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Nobody, from an address: may call open operations only.</summary>
    public static Caller Anonymous(System.Net.IPAddress? address) => new(TenantId.Platform, $"anonymous:{address}", new HashSet<string>());

    /// <summary>True when <paramref name="permission"/> is given by name, by its module or by everything.</summary>
    public bool Allows(string permission) =>
        Permissions.Contains(permission) || Permissions.Contains("*")
        || (permission.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && Permissions.Contains(permission[..dot] + ".*"));
}

/// <summary>Finds out who makes an HTTP request: by an API key, a session. Registered by the module that knows identities.</summary>
public interface ICallerSource
{
    /// <summary>The caller; null when the request names none. A name that is wrong is refused, not ignored.</summary>
    ValueTask<Caller?> FindAsync(HttpContext request, CancellationToken cancel);
}
