using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>
/// Lets calls in: for each organisation its tier, for each person and each address a rate of their own, for single operations theirs, and
/// for each organisation a number at once. Whoever sits at this machine has no address to be limited by, and the platform's own organisation
/// no tier: nobody locks themselves out of their own server.
/// </summary>
internal sealed class Gate(Buckets buckets, IPlans plans, SettingLayers settings, UsageCounts usage, Home home) : ICallGate
{
    private readonly ConcurrentDictionary<string, InFlight> inFlight = new(StringComparer.Ordinal);

    public async ValueTask<CallVisit> EnterAsync(HttpContext http, Caller caller, Operation operation, CancellationToken cancel)
    {
        var isAnonymous = caller.Subject.StartsWith("anonymous:", StringComparison.Ordinal);
        var isPerson = caller.Subject.StartsWith("user:", StringComparison.Ordinal);
        var address = ClientAddress.Of(http);
        var tier = isAnonymous ? Tier.Anonymous : isPerson ? Tier.Person : await TierAsync(caller.Tenant, cancel);
        try
        {
            await CountAsync(http, caller, operation, tier, isAnonymous, isPerson, address, cancel);
            // Nobody's calls are one crowd, not one organisation.
            var running = inFlight.GetOrAdd(isAnonymous ? $"anonymous {AddressName(address)}" : isPerson ? caller.Subject : caller.Tenant.ToString(), static _ => new InFlight());
            if (Interlocked.Increment(ref running.Count) <= tier.AtOnce || address is null && isAnonymous) return new Visit(running, usage, caller, operation);
            Interlocked.Decrement(ref running.Count);
            throw Refused("gateway.too_many_at_once", $"{tier.AtOnce} calls run at once already; wait until one has ended.", 1_000_000);
        }
        catch (Refusal refusal)
        {
            usage.Count(caller, operation.Name, refusal.Status, TimeSpan.Zero);
            throw;
        }
    }

    private async ValueTask CountAsync(HttpContext http, Caller caller, Operation operation, Tier tier, bool isAnonymous, bool isPerson, IPAddress? address, CancellationToken cancel)
    {
        var replies = new List<Reply>(3);
        if (operation.MostPerMinute is { } perMinute)
            replies.Add(await buckets.Shared($"operation {operation.Name} {(isAnonymous ? AddressName(address) : $"{caller.Tenant} {caller.Subject}")}", Rate.PerMinute("operation", perMinute)).AskAsync(cancel));
        if (isAnonymous)
        {
            // Signing in must stay possible from an address that reads the catalogue all day: operations with a limit of their own have that one.
            if (address is not null && operation.MostPerMinute is null) replies.Add(await buckets.Shared($"anonymous {AddressName(address)}", Rate.PerHour("anonymous", tier.PerHour!.Value, tier.Burst)).AskAsync(cancel));
        }
        else
        {
            // Named by the tier: what was taken in a small one would weigh a thousand times as much in a large one.
            var whose = isPerson ? $"person {caller.Subject}" : $"tier {tier.Name} {caller.Tenant}";
            replies.Add(tier.PerHour is { } perHour
                ? await buckets.Shared(whose, Rate.PerHour(isPerson ? "person" : "tier", perHour, tier.Burst)).AskAsync(cancel)
                : buckets.Local(whose, Rate.PerSecond("tier", tier.Burst)).Ask());
            if (address is not null && settings.Get(GatewaySettings.AddressPerHour) is > 0 and var most)
                replies.Add(await buckets.Shared($"address {AddressName(address)}", Rate.PerHour("address", (int)most, (int)Math.Max(100, most / 60))).AskAsync(cancel));
        }
        if (replies.Count == 0) return;
        RateHeaders.Tell(http, replies);
        foreach (var reply in replies)
            if (!reply.IsLetIn) throw Refused("caller.too_often", null, reply.WaitMicros);
    }

    private async ValueTask<Tier> TierAsync(TenantId tenant, CancellationToken cancel) =>
        tenant == TenantId.Platform || await home.IsAsync(tenant, cancel) ? Tier.Of("enterprise") : await plans.FindAsync(tenant, cancel);

    private static string AddressName(IPAddress? address) => address is null ? "here" : ClientAddress.BucketOf(address);

    private static Refusal Refused(string code, string? sentence, long waitMicros)
    {
        var wait = Math.Max(1, (long)Math.Ceiling(waitMicros / 1e6)).ToString(CultureInfo.InvariantCulture);
        return new Refusal(code, sentence ?? $"Too many calls; wait {wait} seconds.", 429) { Details = new Dictionary<string, string> { ["retryAfterSeconds"] = wait } };
    }

    private sealed class InFlight
    {
        public int Count;
    }

    private sealed class Visit(InFlight running, UsageCounts usage, Caller caller, Operation operation) : CallVisit
    {
        public override void Leave(int status, TimeSpan took)
        {
            Interlocked.Decrement(ref running.Count);
            usage.Count(caller, operation.Name, status, took);
        }
    }
}
