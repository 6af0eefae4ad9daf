using System.Runtime.CompilerServices;

namespace Rialto.Kernel;

/// <summary>
/// Topics as streams: whoever follows gets every message once and in order, on whichever node it was published, and after a lost connection exactly
/// what was missed, or the word to load the state anew.
/// </summary>
public sealed class LiveFeed : IAsyncDisposable
{
    private const int LongestTopic = 200;
    private readonly Dictionary<(TenantId Tenant, string Topic), TopicFeed> feeds = [];
    private readonly HashSet<TopicFeed> running = [];
    private readonly Dictionary<string, LiveTopicKind> kinds;
    private readonly Lock gate = new();
    private readonly Database database;
    private readonly ILiveStore published, events, jobs;
    private readonly CancellationTokenSource ending = new();

    /// <param name="database">Where messages are.</param>
    /// <param name="kinds">Topics that modules publish to.</param>
    public LiveFeed(Database database, IEnumerable<LiveTopicKind> kinds)
    {
        this.database = database;
        this.kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);
        (published, events, jobs) = (new PublishedMessages(database), new EventMessages(database), new JobMessages(database));
    }

    /// <summary>Topics this node reads just now.</summary>
    internal int Open
    {
        get
        {
            lock (gate) return feeds.Count;
        }
    }

    /// <summary>
    /// The place at which a topic stands in <paramref name="session"/>: put it into the page whose state was read in the same session, and follow from there;
    /// nothing falls between.
    /// </summary>
    public static Task<string> PlaceAsync(TenantSession session, string topic, CancellationToken cancel = default) => PublishedMessages.PlaceAsync(session, topic, cancel);

    /// <summary>Follows a topic until cancelled. The first frame is <c>begin</c>, or <c>reload</c> when <paramref name="at"/> cannot be gone on from.</summary>
    /// <param name="caller">Sees their own tenant's messages only; a topic of another tenant is like one that nobody publishes to.</param>
    /// <param name="topic">Which.</param>
    /// <param name="at">Where the last following ended; null to begin now.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="Refusal"><c>live.topic_unknown</c>, <c>caller.not_allowed</c>.</exception>
    public IAsyncEnumerable<LiveFrame> FollowAsync(Caller caller, string topic, string? at = null, CancellationToken cancel = default)
    {
        var store = Require(caller, topic);
        return FollowAsync(caller.Tenant, topic, store, at is { Length: > 0 } ? at : null, cancel);
    }

    /// <summary>Lets pass who may follow a topic.</summary>
    /// <exception cref="Refusal"><c>live.topic_unknown</c>, <c>caller.not_allowed</c>.</exception>
    internal ILiveStore Require(Caller caller, string topic)
    {
        var (store, permission) = Find(topic);
        if (caller.Allows(permission)) return store;
        throw new Refusal("caller.not_allowed", $"This needs the permission {permission}; ask an owner of the organisation for it.", 403)
        {
            Details = new Dictionary<string, string> { ["permission"] = permission },
        };
    }

    private (ILiveStore Store, string Permission) Find(string topic)
    {
        var colon = topic.IndexOf(':', StringComparison.Ordinal);
        var (kind, name) = colon < 0 ? (topic, "") : (topic[..colon], topic[(colon + 1)..]);
        if (topic.Length <= LongestTopic && (colon < 0 || name.Length > 0))
        {
            if (kind == EventMessages.Kind && name.All(letter => char.IsAsciiLetterLower(letter) || letter == '_')) return (events, EventMessages.Permission(topic));
            if (kind == JobMessages.Kind && Guid.TryParse(name, out _)) return (jobs, "jobs.read");
            if (kinds.TryGetValue(kind, out var known)) return (published, known.Permission);
        }
        throw new Refusal("live.topic_unknown", "There is no such topic; follow events, events:module, job:id, or one of " + string.Join(", ", kinds.Keys.Order(StringComparer.Ordinal)) + ".", 404);
    }

    private async IAsyncEnumerable<LiveFrame> FollowAsync(TenantId tenant, string topic, ILiveStore store, string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel, ending.Token);
        cancel = over.Token;
        var feed = Take(tenant, topic, store);
        try
        {
            var at = from ?? await store.BeginAsync(tenant, topic, cancel);
            var hasBegun = false;
            while (true)
            {
                var changed = feed.Changed;
                var messages = feed.After(at);
                if (messages is null)
                {
                    var reading = await store.ReadAsync(tenant, topic, at, cancel);
                    if (reading.IsGone)
                    {
                        at = await store.BeginAsync(tenant, topic, cancel);
                        yield return new LiveFrame { Kind = "reload", At = at };
                        hasBegun = true;
                        continue;
                    }
                    messages = reading.Messages;
                }
                if (!hasBegun) yield return new LiveFrame { Kind = "begin", At = at };
                hasBegun = true;
                foreach (var message in messages)
                {
                    yield return message.ToFrame();
                    at = message.At;
                }
                if (messages.Count == 0) await changed.WaitAsync(cancel);
            }
        }
        finally
        {
            await ReleaseAsync(tenant, topic, feed);
        }
    }

    private TopicFeed Take(TenantId tenant, string topic, ILiveStore store)
    {
        lock (gate)
        {
            ending.Token.ThrowIfCancellationRequested();
            if (!feeds.TryGetValue((tenant, topic), out var feed)) running.Add(feeds[(tenant, topic)] = feed = new TopicFeed(database.Bell, store, tenant, topic));
            feed.Followers++;
            return feed;
        }
    }

    private async Task ReleaseAsync(TenantId tenant, string topic, TopicFeed feed)
    {
        lock (gate)
        {
            if (--feed.Followers > 0) return;
            feeds.Remove((tenant, topic));
        }
        await feed.DisposeAsync();
        lock (gate)
        {
            running.Remove(feed);
            if (!feeds.ContainsKey((tenant, topic))) database.Bell.Drop(feed.Bell);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        TopicFeed[] left;
        await ending.CancelAsync();
        lock (gate) left = [.. running];
        foreach (var feed in left) await feed.DisposeAsync();
    }
}
